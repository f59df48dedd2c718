/** How long it ran, without its pauses. */
export interface Stopwatch {
  /** ms, until it ran last */
  before: number
  /** Since when it runs, ms; null: it stands. */
  since: number | null
}

export const elapsed = ({ before, since }: Stopwatch, now: number): number =>
  before + (since === null ? 0 : Math.max(0, now - since))

export const stopped = (watch: Stopwatch, now: number): Stopwatch => ({
  before: elapsed(watch, now),
  since: null,
})

export const started = (watch: Stopwatch, now: number): Stopwatch => ({
  before: elapsed(watch, now),
  since: now,
})
