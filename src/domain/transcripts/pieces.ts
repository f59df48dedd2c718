/** Text as the pieces that lines of captions are made of: none is broken, and between any two a line may end. */
import { segmenter } from '../segmenter.ts'

export interface Piece {
  text: string
  /** Whether a space stands before it. */
  spaced: boolean
  width: number
}

/** Scripts without spaces between words. ICU's dictionaries know where the words are. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
/** Never first in a line (JIS X 4051's kinsoku, and what Unicode's line breaking says of the rest). */
const FOLLOWS =
  /^[\p{Pe}\p{Pf}\p{Pd}\p{Po}\p{M}\p{Lm}～％‰°℃ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿ]/u
/** Never last. */
const OPENS = /[\p{Ps}\p{Pi}\p{Sc}¿¡＃@＠№]$/u
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u

/** Whether only scripts with spaces and narrow letters are in it: the first that has not both is Thai's. */
const isPlain = (text: string): boolean => !/[\u0e00-\uffff]/.test(text)

/** @param most width of a line: what is longer and has no place to break is broken between any two letters */
export function pieces(text: string, most: number): Piece[] {
  const found: Piece[] = []
  for (const chunk of seen(text).split(/\s+/u)) {
    if (chunk === '') continue
    for (const [k, part] of parts(chunk).entries()) addFitting(found, part, k === 0, most)
  }
  return found
}

/** Without what cannot be seen: controls are spaces, zero-width spaces only say where a line may end. */
const seen = (text: string): string =>
  text
    .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u2060\ufeff]/g, '')

function parts(chunk: string): string[] {
  if (isPlain(chunk)) return [chunk]
  const found: string[] = []
  for (const stretch of chunk.split('\u200b').filter((each) => each !== '')) {
    if (!UNSPACED.test(stretch)) found.push(stretch)
    else found.push(...dictionaryWords(stretch))
  }
  return found
}

function dictionaryWords(stretch: string): string[] {
  const found: string[] = []
  for (const segment of inSlices(segmenter('word'), stretch)) {
    const before = found.at(-1)
    const joins =
      before !== undefined &&
      (FOLLOWS.test(segment) || OPENS.test(before) || !(endsUnspaced(before) || UNSPACED.test(segment)))
    if (joins) found[found.length - 1] += segment
    else found.push(segment)
  }
  return found
}

/** ICU takes as long as the square of a text's length: 12 s for 100,000 characters of Chinese. */
function* inSlices(borders: Intl.Segmenter, text: string): Generator<string> {
  for (let at = 0; at < text.length; ) {
    const slice = text.slice(at, at + SLICE)
    const isLast = at + slice.length === text.length
    let taken = 0
    for (const { segment } of borders.segment(slice)) {
      // Near its end, a slice does not know how its last word goes on.
      if (!isLast && taken > SLICE - UNSURE) break
      taken += segment.length
      yield segment
    }
    at += taken
  }
}

const SLICE = 1000
const UNSURE = 100

const endsUnspaced = (text: string): boolean => UNSPACED.test(text.slice(-4))

/** An address breaks behind its signs, if it must. */
const SEAM = /[/\-_.?&=,:;~]$/

/** Whole, or where it is too wide, in pieces. */
function addFitting(found: Piece[], text: string, spaced: boolean, most: number): void {
  const whole = width(text)
  if (whole <= most) {
    found.push({ text, spaced, width: whole })
    return
  }
  for (const [k, line] of broken(text, most).entries())
    found.push({ text: line, spaced: k === 0 && spaced, width: width(line) })
}

function broken(text: string, most: number): string[] {
  const found: string[] = []
  let line = ''
  let seam = 0
  for (const segment of letters(text, most)) {
    if (line !== '' && width(line) + width(segment) > most) {
      const at = width(line.slice(0, seam)) * 2 > most ? seam : line.length
      found.push(line.slice(0, at))
      line = line.slice(at)
      seam = 0
    }
    line += segment
    if (SEAM.test(segment)) seam = line.length
  }
  return [...found, line]
}

/** Letters as people see them; one that is itself wider than a line (Hangul's pile up without end) in its characters. */
function* letters(text: string, most: number): Generator<string> {
  for (const letter of inSlices(segmenter('grapheme'), text)) {
    if (width(letter) <= most) yield letter
    else yield* letter
  }
}

/** In characters of Latin text; one of Chinese, Japanese or Korean is as wide as two. */
export function width(text: string): number {
  if (isPlain(text)) return text.length
  let sum = 0
  for (const char of text) sum += WIDE.test(char) ? 2 : 1
  return sum
}

const USUAL = 42

/**
 * How wide a line may be. Netflix has 42 characters for nearly all languages, 35 for Thai, and 16 that are full-width
 * for Chinese, Korean and, in captions for those who do not hear, Japanese.
 */
export function lineWidth(text: string): number {
  if (isPlain(text)) return USUAL
  let [all, wide, thai] = [0, 0, 0]
  for (const char of text) {
    if (/\s/.test(char)) continue
    all++
    if (WIDE.test(char)) wide++
    else if (/\p{Script=Thai}/u.test(char)) thai++
  }
  if (wide * 2 > all) return 32
  return thai * 2 > all ? 35 : USUAL
}

export const joinedPieces = (all: readonly Piece[]): string =>
  all.map((p, k) => (k > 0 && p.spaced ? ' ' : '') + p.text).join('')
