/** The random share of a wait, so that attempts that failed together are not repeated at the same moment. */
const JITTER = 0.2

/**
 * @returns ms to wait before the next attempt, or null when there is none
 * @param attempts made so far
 * @param chance 0 to 1
 * @param retryAfterMs what the other side asked for
 */
type NextWait = (attempts: number, chance: number, retryAfterMs?: number) => number | null

/**
 * @param waits ms before each attempt after the first
 * @param longest ms: an upper bound, also for what the other side asked for
 */
export const backoff =
  (waits: readonly number[], longest: number): NextWait =>
  (attempts, chance, retryAfterMs = 0) => {
    const wait = waits[attempts - 1]
    if (wait === undefined) return null
    return Math.min(longest, Math.max(wait * (1 + JITTER * chance), retryAfterMs))
  }
