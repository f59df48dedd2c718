import type { Segment } from '../../ports/transcript.ts'
import { needsSpace } from './join-text.ts'

/** Seconds of silence that end a paragraph, and the seconds after which one is long enough. */
const PAUSE = 2
const LONG = 60

/** Segments that are read in one go: one speaker, without a pause between them. */
export interface Paragraph {
  /** Seconds. */
  start: number
  speaker?: string
  text: string
}

/** For reading, not for playing: segments put together to paragraphs. Those without text are left out. */
export function paragraphs(segments: readonly Segment[]): Paragraph[] {
  const all: Paragraph[] = []
  let end = Number.NEGATIVE_INFINITY
  for (const segment of segments) {
    const text = segment.text.trim()
    if (text === '') continue
    const last = all.at(-1)
    const goesOn =
      last !== undefined &&
      last.speaker === segment.speaker &&
      segment.start - end < PAUSE &&
      segment.start - last.start < LONG
    if (goesOn) last.text += (needsSpace(last.text, text) ? ' ' : '') + text
    else all.push({ start: segment.start, text, ...(segment.speaker && { speaker: segment.speaker }) })
    end = segment.end
  }
  return all
}
