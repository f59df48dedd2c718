/** Some words out of a transcript, and a link that opens and plays just them. */
import type { Place } from '../editor/give.ts'
import type { Segments } from '../editor/segments.ts'
import { placeWords } from '../editor/words.ts'
import type { Mark } from '../pieces.ts'

/** Seconds. */
export interface Quote {
  from: number
  to: number
}

export interface Quoted extends Quote {
  text: string
  /** How many. */
  words: number
  /** From where its first word begins to where the word behind it does. */
  passage: { from: Place; to: Place }
}

/** The words between two places, whole ones. Undefined: there are none. */
export function quoteOf(segments: Segments, begin: Place, end: Place): Quoted | undefined {
  const texts: string[] = []
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  let passage: Quoted['passage'] | undefined
  let count = 0
  for (let at = begin.at; at <= end.at; at++) {
    const segment = segments[at]
    if (!segment) continue
    const [first, last] = [
      at === begin.at ? begin.offset : 0,
      at === end.at ? end.offset : segment.text.length,
    ]
    const all = wordsOf(segment)
    const words = all.filter((word) => word.to > first && word.from < last)
    const [head, tail] = [words[0], words.at(-1)]
    if (!head || !tail) continue
    const behind = all[all.findIndex(({ from }) => from === tail.from) + 1]?.from ?? segment.text.length
    count += words.length
    passage = { from: passage?.from ?? { at, offset: head.from }, to: { at, offset: behind } }
    texts.push(segment.text.slice(head.from, tail.to))
    from = Math.min(from, head.start)
    to = Math.max(to, tail.end)
  }
  return passage && { from: rounded(from), to: rounded(to), text: texts.join(' '), words: count, passage }
}

/** The words that are said within it, by segment. */
export function marksOfQuote(segments: Segments, { from, to }: Quote): Map<number, Mark> {
  const marks = new Map<number, Mark>()
  for (const [at, segment] of segments.entries()) {
    if (segment.end < from || segment.start > to) continue
    const words = wordsOf(segment).filter((word) => word.start >= from - CLOSE && word.end <= to + CLOSE)
    const [head, tail] = [words[0], words.at(-1)]
    if (head && tail) marks.set(at, { from: head.from, to: tail.to, quote: true })
  }
  return marks
}

/** The text of it. */
export const textOfQuote = (segments: Segments, quote: Quote): string =>
  [...marksOfQuote(segments, quote)].map(([at, { from, to }]) => segments[at]?.text.slice(from, to)).join(' ')

/** An address with the quote in it. */
export function quoteLink(address: string, { from, to }: Quote): string {
  const url = new URL(address)
  url.search = new URLSearchParams({ t: String(from), to: String(to) }).toString()
  return url.href
}

/** Addresses have hundredths of seconds. */
const CLOSE = 0.011
const rounded = (seconds: number): number => Math.round(seconds * 100) / 100

/** Of a segment without words: all of it as one. */
function wordsOf({ text, words = [], start, end }: Segments[number]) {
  const placed = placeWords(text, words)
  return placed.length > 0 ? placed : [{ from: 0, to: text.length, start, end }]
}
