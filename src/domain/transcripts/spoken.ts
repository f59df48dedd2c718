import type { Segment } from '../../ports/transcript.ts'
import { paragraphs } from './paragraphs.ts'

/** What is said in a part of a recording, in whole sentences, its paragraphs apart. @param from, to seconds */
export const spoken = (segments: readonly Segment[], from: number, to: number): string =>
  paragraphs(segments.filter(({ start, end }) => end > from && start < to))
    .map(({ text }) => text)
    .join('\n\n')
    .trim()
