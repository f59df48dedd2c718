/** Letters a second: auctioneers and the fastest rappers reach about 30, for some seconds. */
const FASTEST = 32
/** So that a short word in a short part is not too fast. */
const ALLOWANCE = 14
/** A character of Chinese or Japanese takes about as long as this many letters. */
const WIDE = 2.5

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** How long a text takes to say, in letters. */
export function letters(text: string): number {
  let sum = 0
  for (const [letter] of text.matchAll(/[\p{L}\p{N}]/gu)) sum += UNSPACED.test(letter) ? WIDE : 1
  return sum
}

/** Whether nobody could have said so much in so short a time. */
export const isTooFast = (text: string, seconds: number): boolean =>
  letters(text) > ALLOWANCE + FASTEST * seconds
