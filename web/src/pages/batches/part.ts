/** The parts of the page of batches, as they stand in its address. */
export type Part = 'subscriptions'

export const isPart = (part: unknown): part is Part => part === 'subscriptions'
