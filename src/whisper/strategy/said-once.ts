/** What a decoder said over and over until it was stopped. */
import type { Spoken } from './holes.ts'

/** Longest phrase that is looked for, words. */
const LONGEST_PHRASE = 12
/** Said so often in a row, at the end, it is what the decoder went round in. */
const TIMES = 3
/** Words that were said begin so far from each other, seconds: nearly all of them. */
const APART = 0.1
const NEARLY_ALL = 0.8

/**
 * The phrase at the end that stands there again and again stays once, unless its words have times of their own: then
 * it was said so often.
 */
export function saidOnce<Word extends Spoken>(words: readonly Word[]): Word[] {
  for (let length = 1; length <= LONGEST_PHRASE; length++) {
    const times = timesAtEnd(words, length)
    if (times < TIMES) continue
    const from = words.length - times * length
    return areApart(words.slice(from)) ? [...words] : words.slice(0, from + length)
  }
  return [...words]
}

function timesAtEnd(words: readonly Spoken[], length: number): number {
  const plain = (i: number): string | undefined => words[i]?.word.trim().toLowerCase()
  let same = 0
  for (let i = words.length - 1; i - length >= 0 && plain(i) === plain(i - length); i--) same++
  return 1 + Math.floor(same / length)
}

function areApart(words: readonly Spoken[]): boolean {
  const moments = new Set(words.map(({ start }) => Math.round(start / APART)))
  return moments.size >= NEARLY_ALL * words.length
}
