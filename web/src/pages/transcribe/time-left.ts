/** One look at a progress. */
export interface Sample {
  /** ms */
  at: number
  /** 0 to 100 */
  pct: number
}

/** Speed is what it was lately: a recording's start says little about its end. */
const WINDOW_MS = 60_000
const LEAST_MS = 2_000

/** Adds a look; only changes are kept, and of old ones the last that the window still needs. */
export function withSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const last = samples.at(-1)
  if (last && sample.pct < last.pct) return [sample]
  if (last?.pct === sample.pct) return [...samples]
  const kept = [...samples, sample]
  const first = kept.findLastIndex(({ at }) => at <= sample.at - WINDOW_MS)
  return kept.slice(Math.max(0, first))
}

/** How long it still takes, ms; undefined: it is too early to say. */
export function timeLeft(samples: readonly Sample[], now: number): number | undefined {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || last.at - first.at < LEAST_MS || last.pct <= first.pct) return undefined
  const msForOne = (last.at - first.at) / (last.pct - first.pct)
  return Math.max(0, (100 - last.pct) * msForOne - (now - last.at))
}
