/**
 * Captions out of a transcript, as guidelines for subtitles want them: at most two lines of 42 characters, on
 * the screen long enough to be read and not longer than what is said, one after the other.
 */
import type { Segment } from '../../ports/transcript.ts'
import { endsPhrase, endsSentence, joined, lines, type Piece, pieces } from './caption-text.ts'

const LINE = 42
/** Seconds. */
const SHORTEST = 1
const LONGEST = 7
/** Within a segment, a pause of this many seconds ends a cue. */
const PAUSE = 1.5

export interface Cue {
  start: number
  end: number
  lines: string[]
  speaker?: string
}

interface TimedPiece extends Piece {
  start: number
  end: number
}

interface Draft {
  pieces: TimedPiece[]
  speaker?: string
}

/** @param segments in the order of their times */
export function cuesOf(segments: readonly Segment[]): Cue[] {
  const drafts = segments.flatMap((segment) =>
    cut(timed(segment)).map((some): Draft => ({ pieces: some, ...speakerOf(segment) })),
  )
  return placed(merged(drafts))
}

const speakerOf = ({ speaker }: Segment): { speaker?: string } => (speaker ? { speaker } : {})

/** Pieces with the times of their words, or, where there are none, with their share of the segment's time. */
function timed(segment: Segment): TimedPiece[] {
  const clock = clockOf(segment)
  let at = 0
  return pieces(segment.text).map((piece) => {
    const from = at
    at += piece.text.length
    return { ...piece, start: clock(from, false), end: clock(at, true) }
  })
}

/** From a place among the letters of the segment, spaces not counted, to its time. */
function clockOf({ start, end, text, words }: Segment): (at: number, asEnd: boolean) => number {
  const bare = (s: string): string => s.replace(/\s+/gu, '')
  const letters = bare(text)
  const fits = words?.length && bare(words.map((w) => w.word).join('')) === letters
  const known = fits ? words : [{ word: letters, start, end }]
  let at = 0
  const spans = known.map((w) => {
    const from = at
    at += bare(w.word).length
    return { from, to: at, start: w.start, end: w.end }
  })
  return (place, asEnd) => {
    // The end of one word is the place where the next one begins: which of the two is meant?
    const span = spans.find((s) => (asEnd ? place <= s.to : place < s.to)) ?? spans.at(-1)
    if (!span || span.to === span.from) return asEnd ? end : start
    return span.start + ((place - span.from) / (span.to - span.from)) * (span.end - span.start)
  }
}

/** A segment's pieces as those of its cues. */
function cut(all: readonly TimedPiece[]): TimedPiece[][] {
  const cues: TimedPiece[][] = []
  let open: TimedPiece[] = []
  for (const piece of all) {
    const last = open.at(-1)
    if (last && piece.start - last.end > PAUSE) {
      cues.push(open)
      open = []
    }
    while (open.length > 0 && !fits([...open, piece])) {
      const [whole, rest] = atPhrase(open)
      cues.push(whole)
      open = rest
    }
    open.push(piece)
  }
  return open.length > 0 ? [...cues, open] : cues
}

const lengthOf = (some: readonly TimedPiece[]): number => some.at(-1)!.end - some[0]!.start

const fits = (some: readonly TimedPiece[]): boolean =>
  (some.length === 1 || lengthOf(some) <= LONGEST) && lines(some, LINE) !== null

/** Where a cue is full, it ends with its last phrase, and what is left begins the next one. */
function atPhrase(open: TimedPiece[]): [TimedPiece[], TimedPiece[]] {
  const half = Math.ceil(open.length / 2)
  for (const ends of [endsSentence, endsPhrase]) {
    const last = open.findLastIndex((p) => ends(p.text))
    if (last + 1 >= half) return [open.slice(0, last + 1), open.slice(last + 1)]
  }
  return [open, []]
}

/** What is too short to be read becomes one with what follows at once, where there is room for both. */
function merged(drafts: readonly Draft[]): Draft[] {
  const kept: Draft[] = []
  for (const draft of drafts) {
    const last = kept.at(-1)
    if (last && isTooShort(last, draft) && last.speaker === draft.speaker) {
      const both = [...last.pieces, { ...draft.pieces[0]!, spaced: true }, ...draft.pieces.slice(1)]
      if (fits(both)) {
        kept[kept.length - 1] = { ...last, pieces: both }
        continue
      }
    }
    kept.push(draft)
  }
  return kept
}

const isTooShort = (draft: Draft, next: Draft): boolean =>
  next.pieces[0]!.start - draft.pieces[0]!.start < SHORTEST

function placed(drafts: readonly Draft[]): Cue[] {
  return drafts.map(({ pieces: some, speaker }, k) => {
    const start = some[0]!.start
    const next = drafts[k + 1]?.pieces[0]?.start ?? Number.POSITIVE_INFINITY
    const end = Math.max(some.at(-1)!.end, start + SHORTEST)
    return {
      start,
      // Never none at all, even where two begin at the same time.
      end: Math.max(Math.min(end, next), start + 0.001),
      lines: lines(some, LINE) ?? [joined(some)],
      ...(speaker !== undefined && { speaker }),
    }
  })
}
