/** The parts of the page of batches, as they stand in its address. */
export type Part = 'subscriptions'

/** Also asked by the page: the router hands on what it has found invalid, and no tab would be shown. */
export const isPart = (part: unknown): part is Part => part === 'subscriptions'
