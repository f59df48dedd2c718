const PARTS = ['overview', 'models', 'accounts'] as const

/** A part of the operator's page, as it stands in the address. */
export type Part = (typeof PARTS)[number]

export const isPart = (value: unknown): value is Part => PARTS.some((part) => part === value)
