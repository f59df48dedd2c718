import type { Segment } from '../../ports/transcript.ts'
import { type Piece, pieces } from './pieces.ts'

export interface TimedPiece extends Piece {
  start: number
  end: number
  /** Whether the times are those of words, not shares of the segment's. */
  exact: boolean
}

interface Span {
  to: number
  start: number
  end: number
}

/** Pieces with the times of their words, or, where there are none, with their share of the segment's time. */
export function timedPieces(segment: Segment, most: number): TimedPiece[] {
  const all = pieces(segment.text, most)
  const measure = spansOf(segment, all)
  let [at, k, floor] = [0, 0, measure.spans[0]?.start ?? segment.start]
  // Copies by `...piece` were an eighth of what captions take.
  return all.map(({ text, spaced, width }) => {
    const from = at
    at += measure.size(text)
    // What has no letters, such as a dash, stands at the end of the word before it.
    if (at === from) return { text, spaced, width, start: floor, end: floor, exact: measure.exact }
    while (k < measure.spans.length - 1 && measure.spans[k]!.to <= from) k++
    const start = Math.max(floor, timeAt(measure.spans, k, from))
    while (k < measure.spans.length - 1 && measure.spans[k]!.to < at) k++
    floor = Math.max(start, timeAt(measure.spans, k, at))
    return { text, spaced, width, start, end: floor, exact: measure.exact }
  })
}

interface Measure {
  spans: Span[]
  size(text: string): number
  exact: boolean
}

/**
 * Words' times count where the words have the letters of the text, whatever punctuation and capitals it was given
 * since. After an edit that left stale words behind, they do not.
 */
function spansOf({ text, words = [], start, end }: Segment, all: readonly Piece[]): Measure {
  const letters = lettersOf(text)
  const spoken = words
    .map(({ word, start, end }) => ({ word, start, end, size: count(lettersOf(word)) }))
    .filter(({ size }) => size > 0)
  if (letters !== '' && lettersOf(spoken.map((w) => w.word).join('')) === letters) {
    let to = 0
    const spans = spoken.map((w): Span => {
      to += w.size
      return { to, start: w.start, end: Math.max(w.start, w.end) }
    })
    return { spans, size: (piece) => count(lettersOf(piece)), exact: true }
  }
  const to = all.reduce((sum, piece) => sum + count(piece.text), 0)
  return { spans: [{ to, start, end: Math.max(start, end) }], size: count, exact: false }
}

function timeAt(spans: readonly Span[], k: number, at: number): number {
  const span = spans[k]!
  const from = spans[k - 1]?.to ?? 0
  return span.start + (Math.min(1, (at - from) / (span.to - from)) || 0) * (span.end - span.start)
}

/** Of English, and of most words of its neighbours, nothing has to be looked up. */
function lettersOf(text: string): string {
  const lower = text.toLowerCase()
  return /^[a-z0-9]*$/.test(lower) ? lower : lower.replace(/[^\p{L}\p{N}\p{M}]/gu, '')
}

function count(text: string): number {
  if (!/[\ud800-\udfff]/.test(text)) return text.length
  let sum = 0
  for (const _ of text) sum++
  return sum
}
