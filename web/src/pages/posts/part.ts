/** The parts of the page of posts, as they stand in its address. */
export type Part = 'drafts' | 'accounts'

export const isPart = (part: unknown): part is Part => part === 'drafts' || part === 'accounts'
