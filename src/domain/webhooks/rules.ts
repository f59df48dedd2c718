import { EVENT_TYPES } from '../../contract/native.ts'

export { EVENT_TYPES }
export type EventType = (typeof EVENT_TYPES)[number]

/** Sent only when asked for, to see whether the receiver works. */
export const TEST_EVENT = 'webhook.test'

const S = 1000
const M = 60 * S
const H = 60 * M
/** Waits before each attempt after the first: about three days in all. */
const WAITS = [5 * S, 5 * M, 30 * M, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H]
/** A share of the wait that chance adds, so that many receivers do not come back at the same moment. */
const JITTER = 0.2
const LONGEST_WAIT = 24 * H

/**
 * Ms to wait before the next attempt, or null when there is none.
 * @param attempts how many there were
 * @param chance 0 to 1
 * @param retryAfterMs what the receiver asked for
 */
export function nextWait(attempts: number, chance: number, retryAfterMs = 0): number | null {
  const wait = WAITS[attempts - 1]
  if (wait === undefined) return null
  return Math.min(LONGEST_WAIT, Math.max(wait * (1 + JITTER * chance), retryAfterMs))
}

export const ATTEMPTS = WAITS.length + 1

export type Verdict = 'succeeded' | 'again' | 'gone'

/** What an answer means. Redirects are failures: an event is for the address it was registered for. */
export function judge(status: number): Verdict {
  if (status >= 200 && status < 300) return 'succeeded'
  return status === 410 ? 'gone' : 'again'
}
