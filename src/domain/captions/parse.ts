import type { CaptionSegment } from '../../ports/fetcher.ts'
import { cleanCaptions } from './clean.ts'
import { parseJson3 } from './json3.ts'
import { readableLines } from './markup.ts'
import type { CaptionFormat } from './tracks.ts'
import { parseCues } from './vtt.ts'

/** The segments of a caption file: readable text, in order, nothing twice. Empty where nothing can be read. */
export function parseCaptions(format: CaptionFormat, text: string): CaptionSegment[] {
  const { segments, rolls } =
    format === 'json3' ? parseJson3(text) : { segments: parseCues(text), rolls: false }
  return cleanCaptions(
    segments.map(({ text: said, ...times }) => ({ ...times, lines: readableLines(format, said) })),
    rolls,
  )
}
