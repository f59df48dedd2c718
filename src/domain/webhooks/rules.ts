import { EVENT_TYPES } from '../../contract/webhooks.ts'
import { backoff } from '../backoff.ts'

export { EVENT_TYPES }
export type EventType = (typeof EVENT_TYPES)[number]

/** Sent only when asked for, to see whether the receiver works. */
export const TEST_EVENT = 'webhook.test'

const S = 1000
const M = 60 * S
const H = 60 * M
/** Waits before each attempt after the first: about three days in all. */
const WAITS = [5 * S, 5 * M, 30 * M, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H]
export const nextWait = backoff(WAITS, 24 * H)

export const ATTEMPTS = WAITS.length + 1

export type Verdict = 'succeeded' | 'again' | 'gone'

/** What an answer means. Redirects are failures: an event is for the address it was registered for. */
export function judge(status: number): Verdict {
  if (status >= 200 && status < 300) return 'succeeded'
  return status === 410 ? 'gone' : 'again'
}
