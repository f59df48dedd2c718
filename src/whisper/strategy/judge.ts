/** What the model's own numbers say about a text: believed, tried again another way, or taken for no speech. */
import { deflateSync } from 'node:zlib'
import type { Decoded } from '../decoding/decoder.ts'
import { meanOf } from '../decoding/search.ts'

export interface Verdict {
  /** Mean logarithm of the tokens' probabilities, the end's among them. */
  meanLog: number
  /** Bytes of the text over its bytes compressed, as OpenAI's API tells it. */
  compression: number
  /** How much the text repeats itself, in any script: `repetition`. */
  repetition: number
  noSpeech: number
  /** The decoder went round in circles, or on and on. */
  runaway: boolean
}

export function judge(row: Decoded, text: string): Verdict {
  const { noSpeech, ending } = row
  return {
    meanLog: meanOf(row),
    compression: compressionRatio(text),
    repetition: repetition(text),
    noSpeech,
    runaway: ending !== 'end',
  }
}

export const compressionRatio = (text: string): number => ratio(Buffer.from(text))

/**
 * The compression ratio of the text with one byte for each letter. In UTF-8, Cyrillic letters take two bytes and Thai ones
 * three, of which the first hardly changes: plain Russian has 1.7 to 2.7 there, and would be taken for repetition; by
 * letters it has 1.3 to 2.0, as other languages have.
 */
export function repetition(text: string): number {
  const codes = new Map<string, number>()
  const letters = Array.from(text, (letter) => {
    if (!codes.has(letter)) codes.set(letter, codes.size % 256)
    return codes.get(letter)!
  })
  return ratio(Buffer.from(letters))
}

const ratio = (bytes: Buffer): number => (bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length)

/** OpenAI's values. Plain speech of every set that was tried lies far from them: −0.4 or more, 2.04 or less. */
const LEAST_LOG = -1
export const MOST_REPETITION = 2.4

export const isDoubtful = ({ meanLog, repetition, runaway }: Verdict): boolean =>
  runaway || meanLog < LEAST_LOG || repetition > MOST_REPETITION

/**
 * Clean speech is heard with −0.05 to −0.25, lone words and foreign speech with −0.2 to −0.4. A second hearing of what
 * lies below −0.4 mended no word of nine sets that one below −0.6 does not, and cost a quarter of the time.
 */
const UNSURE_LOG = -0.6

export const isUnsure = ({ meanLog }: Verdict): boolean => meanLog < UNSURE_LOG

/** The better of two texts of the same sound comes first. */
export const compare = (a: Verdict, b: Verdict): number => rank(a) - rank(b) || b.meanLog - a.meanLog

/**
 * People repeat themselves, in menus and in songs: a text that does so, and that the model is sure of, is better than
 * one that it does not believe itself. What goes round in circles is not: hiss is such a loop at first and unlikely
 * words at last, and they tell that there was nothing to hear.
 */
function rank(verdict: Verdict): number {
  const { repetition, runaway } = verdict
  if (!isDoubtful(verdict)) return 0
  if (!runaway && !isUnsure(verdict)) return 1
  return runaway || repetition > MOST_REPETITION ? 3 : 2
}

/**
 * Whether there was nothing to hear. Hiss gives −1.7 to −2.9 at a probability of silence of 0.39 to 0.79, so OpenAI's
 * rule, which wants both above 0.6 and below −1, lets it through; silence gives "you" at 0.9 and −0.5 to −1.5; lone
 * digits that were said go down to −0.7.
 */
export const isSilence = ({ meanLog, noSpeech }: Verdict): boolean =>
  meanLog < LEAST_LOG || (noSpeech > 0.8 && meanLog < -0.5)
