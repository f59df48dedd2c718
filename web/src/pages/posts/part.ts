/** The parts of the page of posts, as they stand in its address. */
export type Part = 'drafts' | 'accounts'

/** Also asked by the page: the router hands on what it has found invalid, and no tab would be shown. */
export const isPart = (part: unknown): part is Part => part === 'drafts' || part === 'accounts'
