/** How far a recording was heard, and when: from the parts that are stored of it. */

/** So much of the recording was heard at that time. */
export interface Mark {
  /** Epoch ms. */
  at: number
  /** Of the recording, from its start: silence between parts needs no hearing, but is behind one. */
  seconds: number
}

/** Parts of a recording that were stored at about the same time. */
export interface Stored {
  /** 0: all of the sound; others: a channel that is heard for itself. */
  channel: number
  at: number
  /** Until where, seconds. */
  to: number
}

/** What an engine took together is stored part by part, within this time. ms */
const TOGETHER_MS = 1000

/**
 * One mark for what was stored together, the first first. Channels that are heard for themselves count as their share of
 * the recording.
 */
export function marksOf(stored: readonly Stored[]): Mark[] {
  const channels = stored.some(({ channel }) => channel > 0) ? 2 : 1
  const heard = new Map<number, number>()
  const marks: Mark[] = []
  let first = Number.NEGATIVE_INFINITY
  for (const { channel, at, to } of stored.toSorted((a, b) => a.at - b.at)) {
    heard.set(channel, Math.max(heard.get(channel) ?? 0, to))
    const seconds = [...heard.values()].reduce((sum, each) => sum + each, 0) / channels
    if (at - first < TOGETHER_MS) marks.pop()
    else first = at
    marks.push({ at, seconds })
  }
  return marks
}

/**
 * How much sound the last stretch of a recording has at least, by which its speed is told: two full batches of an engine.
 * Simulated, off in the median over the run with all of it / the last 500 / the last 900 s: 68 / 30 / 50 % where the speed
 * changes threefold in the middle, 7 / 9 / 6 % of several recordings at once whose batches vary by 20 %. Seconds.
 */
const LATELY = 900

/** One mark of less tells, above all, what it takes to begin: 24 s of sound took 2 s, the 353 s after them 15 s. Seconds. */
const BEGINNING = 100

/**
 * How much faster it goes on than such a beginning: a first part is heard alone, others together. Measured with Whisper
 * base on two quiet cores, first recordings of all, second for second: 1.2 times of 120 s; 1.5, 1.9 and 1.9 of 300 s; 2.2
 * twice of 900 s. With 3, which an earlier Whisper had, 300 s seemed to end after 60 % of their time.
 */
export const AFTER_BEGINNING = 1.9

/** Where recordings take turns at the engine, a first part is no slower than the others. */
const QUICKER = 1.5

/** Where that stretch begins; undefined: too little was heard. @param start when the engine had its first part, ms */
export function latelyFrom(start: number, marks: readonly Mark[]): Mark | undefined {
  // Of an earlier attempt: heard, but not in this time.
  const before = { at: start, seconds: marks.findLast(({ at }) => at <= start)?.seconds ?? 0 }
  const since = marks.filter(({ at }) => at > start)
  const end = since.at(-1)?.seconds ?? 0
  if (since.length < 2 && end - before.seconds < BEGINNING) return undefined
  return since.findLast(({ seconds }) => seconds <= end - LATELY) ?? withoutBeginning(before, since)
}

/**
 * What comes now goes like what came after the beginning: counted with it, the end of 900 s that took 36 seemed half as
 * far again.
 */
function withoutBeginning(before: Mark, since: readonly Mark[]): Mark {
  const [first, last] = [since[0], since.at(-1)]
  if (!first || !last || first === last || first.seconds - before.seconds >= BEGINNING) return before
  return paceBetween(first, last) > QUICKER * paceBetween(before, first) ? first : before
}

const paceBetween = (one: Mark, other: Mark): number => (other.seconds - one.seconds) / (other.at - one.at)
