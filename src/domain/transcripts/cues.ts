/**
 * Captions out of a transcript, as the guides for subtitles want them: at most two lines of 42 characters, broken
 * where a phrase ends, on the screen long enough to be read and not longer than what is said, one after the other
 * with a gap between. Text is never shortened: who speaks faster than people read is read as fast as he speaks.
 */
import { type ExportOptions, LINE_LENGTH } from '../../contract/formats.ts'
import type { Segment } from '../../ports/transcript.ts'
import { OVERLAP, PAUSE } from './cue-limits.ts'
import { plan } from './cue-plan.ts'
import { type Cue, placed, together } from './cue-times.ts'
import { functionWords } from './function-words.ts'
import { runsOn } from './join-text.ts'
import { lineWidth, width } from './pieces.ts'
import { speakerLabel } from './speaker-label.ts'
import { type TimedPiece, timedPieces } from './timed-pieces.ts'

/**
 * @param segments in the order of their times
 * @param language whose small words are known; null: English
 * @param options `speakers: false` leaves out the names; each speaker still gets captions of their own
 */
export function cuesOf(
  segments: readonly Segment[],
  language: string | null = null,
  { lineLength = LINE_LENGTH.usual, lines: most = 2, speakers = true }: CueOptions = {},
): Cue[] {
  const words = functionWords(language)
  const drafts = runs(segments, lineLength / LINE_LENGTH.usual, speakers).flatMap((run): Cue[] =>
    plan({ ...run, lines: most }, words).map(({ pieces, lines }) => ({
      start: pieces[0]!.start,
      end: pieces.reduce((end, piece) => Math.max(end, piece.end), 0),
      voices: [
        { label: run.name, lines, ...(speakers && run.speaker !== undefined && { speaker: run.speaker }) },
      ],
    })),
  )
  return placed(
    together(
      drafts.sort((a, b) => a.start - b.start),
      most,
    ),
  )
}

type CueOptions = Pick<ExportOptions, 'lineLength' | 'lines' | 'speakers'>

interface Run {
  pieces: TimedPiece[]
  seams: Set<number>
  line: number
  label: number
  name: string
  speaker?: string | undefined
  until: number
}

/** Of a script whose lines are shorter: a name and a few letters fit in. */
const NARROWEST = 12

/** What one speaker says without a long pause and without anybody else. */
function runs(segments: readonly Segment[], scale: number, speakers: boolean): Run[] {
  const all: Run[] = []
  for (const segment of segments) {
    const line = Math.max(NARROWEST, Math.round(lineWidth(segment.text) * scale))
    const name = speakers ? speakerLabel(segment.speaker, line / 2) : ''
    const label = width(name)
    const pieces = timedPieces(segment, line - label)
    for (const [k, piece] of pieces.entries()) {
      const open = all.at(-1)
      const last = open?.pieces.at(-1)
      const goesOn =
        last &&
        open?.speaker === segment.speaker &&
        open?.line === line &&
        piece.start - last.end <= PAUSE &&
        piece.start >= last.end - OVERLAP
      if (open && goesOn) {
        const seam = k === 0
        if (seam) open.seams.add(open.pieces.length)
        open.pieces.push(seam ? { ...piece, spaced: !runsOn(last.text, piece.text) } : piece)
        continue
      }
      if (open) open.until = piece.start
      const until = Number.POSITIVE_INFINITY
      all.push({ pieces: [piece], seams: new Set(), line, label, name, speaker: segment.speaker, until })
    }
  }
  return all
}
