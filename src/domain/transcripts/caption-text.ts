/** How text is broken into the lines of captions. */

/** A piece that stays whole, with what follows it up to the next piece. */
export interface Piece {
  text: string
  /** Whether a space stands before it. */
  spaced: boolean
}

/** Scripts without spaces between words: a line may end after any character. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Never first in a line. */
const FOLLOWS = /^[\p{Pe}\p{Pf}\p{Po}\p{M}\p{Lm}ー々]/u
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u

export function pieces(text: string): Piece[] {
  return text
    .split(/\s+/u)
    .filter(Boolean)
    .flatMap((chunk) => parts(chunk).map((part, k): Piece => ({ text: part, spaced: k === 0 })))
}

function parts(chunk: string): string[] {
  if (!UNSPACED.test(chunk)) return [chunk]
  const found: string[] = []
  let before = ''
  for (const char of chunk) {
    const joins = FOLLOWS.test(char) || !(UNSPACED.test(char) || UNSPACED.test(before))
    if (found.length > 0 && joins) found[found.length - 1] += char
    else found.push(char)
    before = char
  }
  return found
}

export const joined = (all: readonly Piece[]): string =>
  all.map((p, k) => (k > 0 && p.spaced ? ' ' : '') + p.text).join('')

/** In characters of Latin text; one of Chinese, Japanese or Korean is as wide as two. */
export function width(text: string): number {
  let sum = 0
  for (const char of text) sum += WIDE.test(char) ? 2 : 1
  return sum
}

/**
 * One line where it fits, else two of about the same width, broken where a phrase ends if that can be.
 * @returns null where it needs more; a single piece always fits
 */
export function lines(all: readonly Piece[], most: number): string[] | null {
  const whole = joined(all)
  if (width(whole) <= most || all.length === 1) return [whole]
  let best: { lines: [string, string]; cost: number } | undefined
  for (let k = 1; k < all.length; k++) {
    const pair: [string, string] = [joined(all.slice(0, k)), joined(all.slice(k))]
    const [first, second] = pair.map(width) as [number, number]
    if ((first > most && k > 1) || (second > most && k < all.length - 1)) continue
    const cost = Math.abs(first - second) - (endsPhrase(all[k - 1]!.text) ? most / 3 : 0)
    if (!best || cost < best.cost) best = { lines: pair, cost }
  }
  return best?.lines ?? null
}

export const endsPhrase = (text: string): boolean => /[,;:.!?…、，；：。！？]["'”’»)]*$/u.test(text)
export const endsSentence = (text: string): boolean => /[.!?…。！？]["'”’»)]*$/u.test(text)
