/** Where a long recording may be entered: at its longest pauses, each with the words that it begins with. */
import type { SegmentReply } from '../../../../../src/contract/native.ts'

export interface Chapter {
  /** The segment that it begins with. */
  at: number
  start: number
  title: string
}

/** Seconds. Shorter ones are none. */
const SHORTEST = 60
const LONGEST = 600
/** How many there are to be at most, of a recording of any length, before they become longer. */
const MANY = 30
/** Seconds. Between sentences people breathe; this is more. */
const LONG_PAUSE = 2.4

type Timed = readonly Pick<SegmentReply, 'start' | 'end' | 'text'>[]

export function chaptersOf(segments: Timed): Chapter[] {
  const length = segments.at(-1)?.end ?? 0
  const begins = [0, ...cuts(segments, 0, segments.length, Math.max(LONGEST, length / MANY))]
  if (begins.length < 2) return []
  return begins.map((at) => ({
    at,
    start: segments[at]?.start ?? 0,
    title: firstWords(segments[at]?.text ?? ''),
  }))
}

/**
 * Where [first, end) is cut: at the longest pause that leaves enough on both sides, and the parts again; where there is
 * no long pause, only what is longer than `longest`.
 */
function cuts(segments: Timed, first: number, end: number, longest: number): number[] {
  const [from, to] = [segments[first]?.start ?? 0, segments[end - 1]?.end ?? 0]
  const best = longestPause(segments, first, end, Math.max(SHORTEST, longest / 10))
  if (!best || (best.pause < LONG_PAUSE && to - from < longest)) return []
  return [...cuts(segments, first, best.at, longest), best.at, ...cuts(segments, best.at, end, longest)]
}

/** Of two that are alike, the one nearer to the middle. */
function longestPause(
  segments: Timed,
  first: number,
  end: number,
  shortest: number,
): { at: number; pause: number } | undefined {
  const [from, to] = [segments[first]?.start ?? 0, segments[end - 1]?.end ?? 0]
  let best: { at: number; pause: number; worth: number } | undefined
  for (let at = first + 1; at < end; at++) {
    const start = segments[at]?.start ?? 0
    const shorter = Math.min(start - from, to - start)
    if (shorter < shortest) continue
    const pause = start - (segments[at - 1]?.end ?? start)
    const worth = pause * (0.5 + shorter / (to - from))
    if (!best || worth > best.worth) best = { at, pause, worth }
  }
  return best
}

/** Letters of a title. */
const TITLE = 48

function firstWords(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length <= TITLE) return trimmed
  const cut = trimmed.lastIndexOf(' ', TITLE)
  return `${trimmed.slice(0, cut > TITLE / 2 ? cut : TITLE)}…`
}
