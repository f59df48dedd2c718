/** What is to be seen in a waveform besides the sound: who speaks, where nobody does, and what was found. */
import type { Doubt } from '../doubt.ts'
import type { Found } from '../editor/find.ts'
import type { Segment, Segments } from '../editor/segments.ts'
import { placeWords } from '../editor/words.ts'
import { lastBegun } from '../playhead.ts'
import { listsAlike } from '../use-alike.ts'

export interface Scene {
  segments: Segments
  /** The names in the order of their colours. */
  speakers: readonly string[]
  /** Seconds. */
  hits: readonly number[]
  doubts: readonly number[]
  chapters: readonly number[]
  quote: { from: number; to: number } | undefined
}

export const sceneOf = (
  segments: Segments,
  {
    speakers,
    found,
    doubts,
    chapters,
    quote,
  }: {
    speakers: Scene['speakers']
    found: readonly Found[]
    doubts: readonly Doubt[]
    chapters: readonly { start: number }[]
    quote: Scene['quote']
  },
): Scene => ({
  segments,
  speakers,
  hits: found.map((place) => secondOf(segments, place)),
  doubts: doubts.map(({ start }) => start),
  chapters: chapters.slice(1).map(({ start }) => start),
  quote,
})

/** Whether they look the same, whatever else is said in them. */
export const scenesAlike = (before: Scene, now: Scene): boolean =>
  before.speakers === now.speakers &&
  before.quote === now.quote &&
  (['hits', 'doubts', 'chapters'] as const).every((marks) => listsAlike(before[marks], now[marks])) &&
  (before.segments === now.segments || listsAlike(before.segments, now.segments, voicesAlike))

const voicesAlike = (one: Segment, other: Segment): boolean =>
  one === other || (one.start === other.start && one.end === other.end && one.speaker === other.speaker)

/** When what begins at a place of the text is said. */
function secondOf(segments: Segments, { at, from }: Found): number {
  const segment = segments[at]
  if (!segment) return 0
  const { text, words = [], start, end } = segment
  const word = placeWords(text, words).find(({ to }) => to > from)
  return word?.start ?? start + ((end - start) * from) / Math.max(1, text.length)
}

/** The number of the colour at a second; −1: nobody is named there; undefined: nothing is said. */
export function voiceAt({ segments, speakers }: Scene, seconds: number): number | undefined {
  const segment = segments[lastBegun(segments, seconds)]
  if (!segment || segment.end < seconds) return undefined
  return segment.speaker === undefined ? -1 : speakers.indexOf(segment.speaker)
}
