/**
 * A rolling minute as the counts of its seconds, the oldest first. The 61st is there because the current
 * second has only begun: what is counted covers at least 60 s, so no minute ever brings more than allowed.
 */
export const SECONDS = 61

export interface Window {
  /** The second since the epoch that the last count is for. */
  at: number
  counts: readonly number[]
}

export const emptyWindow = (at: number): Window => ({ at, counts: Array<number>(SECONDS).fill(0) })

/** The same window seen later; a clock that goes back changes nothing. */
export function slide({ at, counts }: Window, now: number): Window {
  const by = Math.min(Math.max(now - at, 0), SECONDS)
  return { at: Math.max(at, now), counts: [...counts.slice(by), ...Array<number>(by).fill(0)] }
}

export const used = ({ counts }: Window): number => counts.reduce((sum, n) => sum + n, 0)

/** With one more request in its current second. */
export const count = ({ at, counts }: Window): Window => ({
  at,
  counts: counts.map((n, i) => (i === SECONDS - 1 ? n + 1 : n)),
})

/** Epoch ms at which the oldest request leaves; of an empty window: now. */
export function freeAt({ at, counts }: Window): number {
  const oldest = counts.findIndex((n) => n > 0)
  return oldest === -1 ? at * 1000 : (at + oldest + 1) * 1000
}
