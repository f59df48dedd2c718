const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 24 * 60 * MINUTE

/** A session ends after this long without a sign of life… */
export const IDLE_MS = 14 * DAY
/** …and this long after the login in any case. */
export const LIFE_MS = 60 * DAY
/** Its token is replaced this often. */
export const ROTATE_MS = DAY
/** How long the replaced token still works, for requests that were under way. */
export const GRACE_MS = MINUTE
/** `last_seen_at` is for people: a write now and then is enough. */
export const SEEN_STEP_MS = MINUTE

/** Failures that are free, before waiting begins: a mistyped password costs nothing. */
const FREE = { pair: 5, address: 30, email: 50 }
const FIRST_WAIT_MS = 15 * SECOND
const LONGEST_WAIT_MS = 15 * MINUTE
/** After this long without a failure all is forgotten. */
export const FORGET_MS = 60 * MINUTE

export type ThrottleKind = keyof typeof FREE

/**
 * What is counted of a login: this person from this address, everything from this address, and this
 * person from anywhere (high, so that a stranger cannot easily lock somebody out).
 */
export const throttleKeys = (email: string, address: string): [ThrottleKind, string][] => [
  ['pair', `pair:${email}:${address}`],
  ['address', `address:${address}`],
  ['email', `email:${email}`],
]

/** How long the next try has to wait, in milliseconds: doubling from 15 s up to 15 min. */
export function waitAfter(
  kind: ThrottleKind,
  { failures, last_at }: { failures: number; last_at: number },
  now: number,
): number {
  const over = failures - FREE[kind]
  if (over < 0 || now - last_at > FORGET_MS) return 0
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** over)
  return Math.max(0, last_at + wait - now)
}
