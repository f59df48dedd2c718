const PARTS = ['overview', 'models', 'accounts'] as const

/** A part of the operator's page, as it stands in the address. */
export type Part = (typeof PARTS)[number]

/** Also asked by the page: the router hands on what it has found invalid, and no tab would be shown. */
export const isPart = (value: unknown): value is Part => PARTS.some((part) => part === value)
