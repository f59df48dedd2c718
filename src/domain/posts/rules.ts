import { backoff } from '../backoff.ts'

const S = 1000
const M = 60 * S
const H = 60 * M
/** Waits before each attempt after the first: a post is for its day, so they end after about 14 hours. */
const WAITS = [5 * S, 30 * S, 2 * M, 10 * M, 30 * M, H, 3 * H, 9 * H]
export const nextWait = backoff(WAITS, 12 * H)

export const ATTEMPTS = WAITS.length + 1

/** Due now, also where the database's clock is a moment behind ours. */
export const atOnce = (now: number): number => now - S

/** Posts of one thread. */
export const LONGEST_THREAD = 100
/** The longest text that is cut into a thread. */
export const LONGEST_TEXT = 60_000
/** How far ahead something may be scheduled. */
const FURTHEST = 2 * 365 * 24 * H
const SOONEST = M

/** What is wrong with a time to post at, in words; null: nothing. */
export function wrongTime(scheduledAt: number, now: number): string | null {
  if (scheduledAt < now + SOONEST) return 'must be at least one minute in the future'
  return scheduledAt > now + FURTHEST ? 'must be within two years' : null
}

/** Posts of an account that wait for their time, or for another attempt. */
export const MOST_PENDING = 1000
export const MOST_ACCOUNTS = 50
export const MOST_DRAFTS = 500
