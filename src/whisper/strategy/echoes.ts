/** What a decoder said a second time although it was said once, as small models do where a part ends in silence. */
import { plain } from '../text/plain.ts'
import type { Spoken } from './holes.ts'

/** Longest phrase that is looked for, words. A single word proves nothing: alignment squeezes real ones, too. */
const LONGEST_PHRASE = 30
const SHORTEST_PHRASE = 2
/**
 * Letters a second: twice what the fastest speakers reach. Alignment gives a word that was not said the least there is,
 * a frame of 20 ms, so that echoes come to 100 and more.
 */
const TOO_FAST = 64
/** Fewer letters prove nothing. */
const FEWEST = 6

/**
 * A phrase that stands there twice in a row, one of them without any time to say it in, stays once, with the time of
 * both. What was said twice has its time twice.
 */
export function withoutEchoes<Word extends Spoken>(words: readonly Word[]): Word[] {
  const texts = words.map(({ word }) => plain(word))
  for (let length = Math.min(LONGEST_PHRASE, words.length >> 1); length >= SHORTEST_PHRASE; length--) {
    for (let at = 0; at + 2 * length <= words.length; at++) {
      if (!sameAgain(texts, at, length)) continue
      const first = words.slice(at, at + length)
      const second = words.slice(at + length, at + 2 * length)
      const said = isUnsaid(second) ? first : isUnsaid(first) ? second : undefined
      if (!said) continue
      const whole = stretched(said, first[0]!.start, second.at(-1)!.end)
      return withoutEchoes([...words.slice(0, at), ...whole, ...words.slice(at + 2 * length)])
    }
  }
  return [...words]
}

function sameAgain(texts: readonly string[], at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (texts[i] !== texts[i + length]) return false
  return true
}

/** The last word of an echo may be given the silence behind it. */
const isUnsaid = (words: readonly Spoken[]): boolean => isTooFast(words) || isTooFast(words.slice(0, -1))

function isTooFast(words: readonly Spoken[]): boolean {
  const letters = words.reduce((sum, { word }) => sum + plain(word).length, 0)
  const seconds = words.reduce((sum, { start, end }) => sum + end - start, 0)
  return letters >= FEWEST && letters > TOO_FAST * seconds
}

const stretched = <Word extends Spoken>(words: readonly Word[], start: number, end: number): Word[] =>
  words.map((word, i) => ({
    ...word,
    ...(i === 0 && { start: Math.min(start, word.start) }),
    ...(i === words.length - 1 && { end: Math.max(end, word.end) }),
  }))
