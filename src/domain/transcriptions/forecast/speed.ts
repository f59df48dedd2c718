/** How fast this server is, from what it did lately. */
import { AFTER_BEGINNING } from './heard.ts'

/** What was heard of one recording: all of it, or some of its parts. */
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

/** What runs. All of it had its share of the server's time. */
export interface Running {
  /** Tells how fast the server is. */
  lately: readonly Run[]
  /** Of the same, before that. */
  earlier: readonly Run[]
  /** Of others, their beginning: it takes longer than what follows. */
  begun: readonly Run[]
}

/**
 * So much sound of the past counts beside what runs now, which says more: a recording with much speech, or a machine that
 * has other things to do. Simulated with a past that was three times as fast or as slow, a tenth into a recording, the
 * estimate was off by 24 % in the median and 45 % in the worst tenth where the past counted 10 s of the server's time.
 */
const PAST_SECONDS = 30
/** An engine hears many parts together in little more time than one: what is short is slower, second for second. */
const SIMILAR = 3
/** A moment says nothing. ms */
const LEAST_MS = 200

export interface Speedometer {
  /** Of what is open. @param seconds how long it is: the past of recordings of about that length is asked first */
  speedOf(model: string, seconds: number | null): number | undefined
  /** Whatever the length. */
  speeds: Speeds
}

/** @param past runs that have ended */
export function speedometer(past: readonly Run[], { lately, earlier, begun }: Running): Speedometer {
  const own = ownTimes([...past, ...earlier, ...lately, ...begun])
  const begin = Math.min(...[...lately, ...begun].map(({ from }) => from))
  const before = past.filter(({ to }) => to <= begin)
  const ended = past.filter(({ to }) => to > begin)
  const told = [...ended, ...lately]
  // All of these shared the server's time: only together do their shares come out right.
  const since = told.length > 0 ? [...told, ...begun] : []
  const paceOf = (runs: readonly Run[]): Pace => ({
    seconds: runs.reduce((sum, { seconds }) => sum + seconds, 0),
    ms: runs.reduce((sum, run) => sum + (own.get(run) ?? 0), 0),
  })

  const lines = new Map<string, Line | undefined>()
  function lineOf(model: string, of: readonly Run[]): Line | undefined {
    if (!lines.has(model)) lines.set(model, lineThrough(of.map((run) => paceOf([run]))))
    return lines.get(model)
  }
  function usual(model: string, seconds: number | null): number | undefined {
    const of = before.filter((run) => run.model === model)
    const similar = of.filter((run) => seconds !== null && areSimilar(run.seconds, seconds))
    const line = similar.length === 0 && seconds !== null ? lineOf(model, of) : undefined
    if (line && seconds !== null) return inTime({ seconds, ms: line.fixed + line.each * seconds })
    const paces = (similar.length > 0 ? similar : of).map((run) => paceOf([run]))
    return median(paces.flatMap((pace) => inTime(pace) ?? []))
  }
  function speedOf(model: string, seconds: number | null): number | undefined {
    const then = usual(model, seconds)
    const heard = paceOf(since.filter((run) => run.model === model))
    const now = inTime(heard)
    if (now === undefined) {
      const begins = begun.flatMap((run) => (run.model === model ? (inTime(paceOf([run])) ?? []) : []))
      if (begins.length === 0) return then
      const least = Math.max(...begins)
      return then === undefined ? least * AFTER_BEGINNING : Math.max(then, least)
    }
    if (then === undefined) return now
    // Between the two, by how much was heard: as a mean of times, a past that was slow would count more than one that was fast.
    const share = PAST_SECONDS / (PAST_SECONDS + heard.seconds)
    return then ** share * now ** (1 - share)
  }
  const models = new Set([...past, ...lately, ...begun].map(({ model }) => model))
  const speeds = [...models].flatMap((model): [string, number][] => {
    const speed = speedOf(model, null)
    return speed === undefined ? [] : [[model, speed]]
  })
  return { speedOf, speeds: new Map(speeds) }
}

const areSimilar = (a: number, b: number): boolean => Math.max(a, b) <= SIMILAR * Math.min(a, b)

/** What a recording takes whatever its length, ms, and for each second of sound. */
interface Line {
  fixed: number
  each: number
}

/** So many pairs of lengths tell them apart; of fewer, one that was slow decides. */
const LEAST_PAIRS = 3

/**
 * For recordings of another length than all so far, which a pace does not tell: where each takes 4 s besides its length,
 * half an hour seemed to take ten minutes after some of 10 s, and not 94 s. By medians, as one that was slow says nothing
 * of the others. Undefined: the past has too few lengths.
 */
function lineThrough(past: readonly Pace[]): Line | undefined {
  const slopes = past.flatMap((a, k) =>
    past
      .slice(k + 1)
      .flatMap((b) => (areSimilar(a.seconds, b.seconds) ? [] : [(a.ms - b.ms) / (a.seconds - b.seconds)])),
  )
  const each = slopes.length < LEAST_PAIRS ? undefined : median(slopes)
  if (each === undefined || each <= 0) return undefined
  return { each, fixed: Math.max(0, median(past.map(({ seconds, ms }) => ms - each * seconds)) ?? 0) }
}

interface Pace {
  seconds: number
  ms: number
}

const inTime = ({ seconds, ms }: Pace): number | undefined =>
  ms >= LEAST_MS && seconds > 0 ? seconds / (ms / 1000) : undefined

/** One that was slow for a reason of its own, as the first after an installation, says nothing of the others. */
function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
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
