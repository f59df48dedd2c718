/** A text in pieces, cut wherever a timed word or a mark begins or ends. */
import type { PlacedWord } from './editor/words.ts'

export interface Mark {
  /** [from, to) in the text. */
  from: number
  to: number
  /** The one that was jumped to. */
  current?: boolean
  /** What the address quotes. */
  quote?: boolean
  /** What somebody commented on; `current`: in the comment that was chosen. */
  comment?: 'open' | 'current'
}

type MarkKind = 'hit' | 'current' | 'quote' | 'comment' | 'chosen'

export interface Piece {
  text: string
  from: number
  /** Which of the words it is (a part of). */
  word: number | undefined
  mark: MarkKind | undefined
}

export function pieces(text: string, words: readonly PlacedWord[], marks: readonly Mark[]): Piece[] {
  const cuts = [0, ...[...words, ...marks].flatMap(({ from, to }) => [from, to]), text.length]
  const sorted = [...new Set(cuts)].sort((a, b) => a - b)
  return sorted.slice(0, -1).map((from, k) => {
    const covers = (range: { from: number; to: number }): boolean => range.from <= from && from < range.to
    const word = words.findIndex(covers)
    const mark = marks.find(covers)
    return {
      text: text.slice(from, sorted[k + 1]),
      from,
      word: word < 0 ? undefined : word,
      mark: mark && kindOf(mark),
    }
  })
}

function kindOf({ current, quote, comment }: Mark): MarkKind {
  if (current) return 'current'
  if (quote) return 'quote'
  if (comment) return comment === 'current' ? 'chosen' : 'comment'
  return 'hit'
}
