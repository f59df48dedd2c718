/** Attempts at one part, the first one among them. */
export const ATTEMPTS = 5
/** A server that wants a longer pause than this is as good as gone for a part that someone waits for. */
export const LONGEST_PAUSE_MS = 120_000

const LONGEST_BACK_OFF_MS = 20_000
/** The request as such was fine. */
const PASSING = new Set([408, 409, 425, 429])

export const isPassing = (status: number): boolean => PASSING.has(status) || status >= 500

/**
 * How long to wait before the next attempt, ms: what the server asked for, and a share of it on top, so
 * that not all come back at once; else a random part of a time that doubles.
 * @param attempts that failed so far, 1 or more
 * @param random from 0 to 1
 */
export function pauseMs(
  attempts: number,
  askedMs: number | undefined,
  baseMs: number,
  random: number,
): number {
  if (askedMs !== undefined) return askedMs + random * Math.min(1000, askedMs / 10)
  return random * Math.min(LONGEST_BACK_OFF_MS, baseMs * 2 ** (attempts - 1))
}
