/** How fast this server is, from what it did lately. */

/** What was heard of one recording: all of it, or its parts so far. */
export interface Run {
  model: string
  /** Epoch ms: from when the engine had a part of it, until it ended, or until its last part so far was done. */
  from: number
  to: number
  /** Of sound. */
  seconds: number
}

/** Seconds of sound in a second of the server's time, by model. */
export type Speeds = ReadonlyMap<string, number>

/**
 * So much of the past counts as much as it lasted; more than that only as much as this. What runs now says more: a
 * recording with much speech, or a machine that has other things to do. With 30 s, after an hour that a busy machine heard
 * at 10 times its length, half an hour heard at 35 times had 321 s left where it took 91; with
 * 10 s it would have been 104. ms
 */
const PAST_MS = 10_000
/** A moment says nothing. ms */
const LEAST_MS = 200

/** @param past runs that have ended; @param now runs under way */
export function speedsOf(past: readonly Run[], now: readonly Run[]): Speeds {
  const own = ownTimes([...past, ...now])
  const begin = Math.min(...now.map(({ from }) => from))
  const before = past.filter(({ to }) => to <= begin)
  // What ended since shared the server's time with what runs: only together do their shares come out right.
  const since = [...past.filter(({ to }) => to > begin), ...now]
  const speeds = new Map<string, number>()
  for (const model of new Set([...past, ...now].map((run) => run.model))) {
    const ended = sumOf(before, model, own)
    const begun = sumOf(since, model, own)
    const weight = ended.ms > PAST_MS ? PAST_MS / ended.ms : 1
    const ms = ended.ms * weight + begun.ms
    if (ms >= LEAST_MS) speeds.set(model, (ended.seconds * weight + begun.seconds) / (ms / 1000))
  }
  return speeds
}

function sumOf(runs: readonly Run[], model: string, own: ReadonlyMap<Run, number>) {
  const of = runs.filter((run) => run.model === model)
  return {
    seconds: of.reduce((sum, { seconds }) => sum + seconds, 0),
    ms: of.reduce((sum, run) => sum + (own.get(run) ?? 0), 0),
  }
}

/** Of each run the time that the server spent on it: where several ran at once, each had its share. */
function ownTimes(runs: readonly Run[]): Map<Run, number> {
  const own = new Map<Run, number>()
  const moments = [...new Set(runs.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  moments.forEach((from, k) => {
    const to = moments[k + 1]
    if (to === undefined) return
    const there = runs.filter((run) => run.from <= from && run.to >= to)
    for (const run of there) own.set(run, (own.get(run) ?? 0) + (to - from) / there.length)
  })
  return own
}
