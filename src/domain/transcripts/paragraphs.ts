import type { Segment } from '../../ports/transcript.ts'
import { joined } from './join-text.ts'

/** Seconds of silence that end a paragraph, and the seconds after which one is long enough. */
const PAUSE = 2
const LONG = 60

/** Segments that are read in one go: one speaker, without a pause between them. */
export interface SegmentParagraph {
  speaker?: string
  /** At least one; none without text. */
  segments: Segment[]
}

export interface Paragraph {
  /** Seconds. */
  start: number
  speaker?: string
  text: string
}

/** For reading, not for playing: segments put together to paragraphs. Those without text are left out. */
export const paragraphs = (segments: readonly Segment[]): Paragraph[] =>
  segmentParagraphs(segments).map(({ speaker, segments: own }) => ({
    start: own[0]!.start,
    text: joined(own.map(({ text }) => text.trim())),
    ...(speaker && { speaker }),
  }))

export function segmentParagraphs(segments: readonly Segment[]): SegmentParagraph[] {
  const all: SegmentParagraph[] = []
  let end = Number.NEGATIVE_INFINITY
  for (const segment of segments) {
    if (segment.text.trim() === '') continue
    const last = all.at(-1)
    const goesOn =
      last !== undefined &&
      last.speaker === segment.speaker &&
      segment.start - end < PAUSE &&
      segment.start - last.segments[0]!.start < LONG
    if (goesOn) last.segments.push(segment)
    else all.push({ segments: [segment], ...(segment.speaker && { speaker: segment.speaker }) })
    end = segment.end
  }
  return all
}
