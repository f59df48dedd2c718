/** Where the words of a comment are now: found by the words, and by their time where the same words are said again. */
import type { Place } from '../editor/give.ts'
import type { Segments } from '../editor/segments.ts'
import { placeWords } from '../editor/words.ts'
import type { Mark } from '../pieces.ts'
import { lastBegun } from '../playhead.ts'

export interface Passage {
  /** Seconds. */
  start: number
  end: number
  /** Its words when it was commented on. */
  quote: string
}

export interface Found {
  from: Place
  to: Place
  /** Other words stand there now. */
  changed: boolean
}

/** Seconds. Lines can be moved in time; words that are farther away are others. */
const SLACK = 30
/** A few words are often said again: those count as the same only at nearly the same time. */
const FEW_WORDS = 3
const CLOSE = 1
/** Of rounded times. */
const ROUNDING = 0.011
/** Where people talk at once, a line that begins earlier can end later. */
const AT_ONCE = 50

/** Remembers what it found, so that a key costs no more than the lines around the caret. */
export function createLocator() {
  const known = new WeakMap<Passage, { lines: Segments; found: Found | undefined }>()
  return (segments: Segments, passage: Passage): Found | undefined => {
    const first = firstAround(segments, passage)
    const lines = segments.slice(first, lastBegun(segments, passage.end + SLACK) + 1)
    const before = known.get(passage)
    const same = before?.lines.length === lines.length && lines.every((line, k) => line === before.lines[k])
    const found = same ? before.found : locate(lines, passage)
    if (!same) known.set(passage, { lines, found })
    return found && moved(found, first)
  }
}

/** Undefined: nothing stands there any more. */
export function locate(lines: Segments, passage: Passage): Found | undefined {
  return sameWords(lines, passage) ?? sameTime(lines, passage)
}

/** What is to be marked, by segment. */
export function marksOf(segments: Segments, { from, to }: Found): Map<number, { from: number; to: number }> {
  const marks = new Map<number, Pick<Mark, 'from' | 'to'>>()
  for (let at = from.at; at <= to.at; at++)
    marks.set(at, {
      from: at === from.at ? from.offset : 0,
      to: at === to.at ? to.offset : (segments[at]?.text.length ?? 0),
    })
  return marks
}

function firstAround(segments: Segments, { start }: Passage): number {
  const begun = Math.max(0, lastBegun(segments, start - SLACK))
  const early = Math.max(0, begun - AT_ONCE)
  const over = segments.slice(early, begun).findIndex(({ end }) => end >= start - SLACK)
  return over < 0 ? begun : early + over
}

const moved = ({ from, to, changed }: Found, by: number): Found => ({
  from: { at: from.at + by, offset: from.offset },
  to: { at: to.at + by, offset: to.offset },
  changed,
})

/** Punctuation and capitals are often edited without anything else being meant. */
const LETTER = /[\p{L}\p{N}\p{M}]/u
const LETTERS = /[\p{L}\p{N}\p{M}]/gu
/** Scripts that are written without spaces: there a word can begin after any letter. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

interface Letter extends Place {
  /** Behind it. */
  to: number
}

/** All letters of these texts in a row, and where each of them stands. */
function lettersOf(texts: readonly string[]): { row: string; places: Letter[] } {
  let row = ''
  const places: Letter[] = []
  for (const [at, text] of texts.entries())
    for (const { 0: letter, index } of text.matchAll(LETTERS)) {
      const small = letter.toLowerCase()
      row += small
      // A capital can become two letters.
      for (let k = 0; k < small.length; k++) places.push({ at, offset: index, to: index + letter.length })
    }
  return { row, places }
}

function sameWords(lines: Segments, passage: Passage): Found | undefined {
  const wanted = lettersOf([passage.quote]).row
  if (wanted === '') return undefined
  const { row, places } = lettersOf(lines.map(({ text }) => text))
  const few = passage.quote.split(/\s+/).length < FEW_WORDS
  let [best, least] = [undefined as Found | undefined, Number.POSITIVE_INFINITY]
  for (let k = row.indexOf(wanted); k >= 0; k = row.indexOf(wanted, k + 1)) {
    const [head, tail] = [places[k], places[k + wanted.length - 1]]
    if (!head || !tail || !isWhole(lines, head, tail)) continue
    const [start, end] = [timeAt(lines, head, head.offset), timeAt(lines, tail, tail.offset)]
    if (few && (start.from > passage.end + CLOSE || end.to < passage.start - CLOSE)) continue
    const away = Math.abs(start.from - passage.start) + Math.abs(end.to - passage.end)
    if (away >= least) continue
    least = away
    best = { from: head, to: { at: tail.at, offset: tail.to }, changed: false }
  }
  return best && { ...best, from: { at: best.from.at, offset: best.from.offset } }
}

/** Not a part of longer words. */
function isWhole(lines: Segments, head: Letter, tail: Letter): boolean {
  const before = lines[head.at]?.text.slice(0, head.offset) ?? ''
  const behind = lines[tail.at]?.text.slice(tail.to) ?? ''
  const [last, next] = [[...before.slice(-2)].at(-1) ?? '', [...behind.slice(0, 2)][0] ?? '']
  const free = (neighbour: string): boolean => !LETTER.test(neighbour) || UNSPACED.test(neighbour)
  return free(last) && free(next)
}

/** When that word is said; of a line without timed words, when the line is. */
function timeAt(lines: Segments, { at }: Place, offset: number): { from: number; to: number } {
  const segment = lines[at]
  if (!segment) return { from: 0, to: 0 }
  const word = placeWords(segment.text, segment.words ?? []).find((each) => each.to > offset)
  return word ? { from: word.start, to: word.end } : { from: segment.start, to: segment.end }
}

/** What is said now at the time at which its words were. */
function sameTime(lines: Segments, { start, end }: Passage): Found | undefined {
  let [from, to] = [undefined as Place | undefined, undefined as Place | undefined]
  for (const [at, { text, words = [], ...line }] of lines.entries()) {
    const timed = placeWords(text, words)
    const inside =
      timed.length > 0
        ? timed.filter((word) => isWithin((word.start + word.end) / 2, start, end))
        : [{ from: 0, to: text.length }].filter(
            () => text !== '' && 2 * (Math.min(line.end, end) - Math.max(line.start, start)) > end - start,
          )
    const [head, tail] = [inside[0], inside.at(-1)]
    if (!head || !tail) continue
    from ??= { at, offset: head.from }
    to = { at, offset: tail.to }
  }
  return from && to && { from, to, changed: true }
}

const isWithin = (time: number, from: number, to: number): boolean =>
  time >= from - ROUNDING && time <= to + ROUNDING
