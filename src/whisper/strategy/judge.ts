/** What the model's own numbers say about a text: believed, tried again another way, or taken for no speech. */
import { deflateSync } from 'node:zlib'
import type { Decoded } from '../decoding/decode.ts'

export interface Verdict {
  /** Mean logarithm of the tokens' probabilities, the end's among them. */
  meanLog: number
  /** Bytes of the text over its bytes compressed: text that repeats itself compresses well. */
  compression: number
  noSpeech: number
  /** The decoder went round in circles, or on and on. */
  runaway: boolean
}

export function judge(row: Decoded, text: string): Verdict {
  const { logs, endLog, noSpeech, ending } = row
  const all = endLog === undefined ? logs : [...logs, endLog]
  const sum = all.reduce((total, log) => total + log, 0)
  return {
    meanLog: all.length > 0 ? sum / all.length : 0,
    compression: compressionRatio(text),
    noSpeech,
    runaway: ending !== 'end',
  }
}

export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text)
  return bytes.length === 0 ? 0 : bytes.length / deflateSync(bytes).length
}

/** OpenAI's values. Speech of every set that was tried lies far from them: −0.11 or more, 1.67 or less. */
const LEAST_LOG = -1
const MOST_COMPRESSION = 2.4

export const isDoubtful = ({ meanLog, compression, runaway }: Verdict): boolean =>
  runaway || meanLog < LEAST_LOG || compression > MOST_COMPRESSION

/**
 * Clean speech is heard with −0.05 to −0.25, lone words and foreign speech with −0.2 to −0.4. A second hearing of what
 * lies below −0.4 mended no word of nine sets that one below −0.6 does not, and cost a quarter of the time.
 */
const UNSURE_LOG = -0.6

export const isUnsure = ({ meanLog }: Verdict): boolean => meanLog < UNSURE_LOG

/** The better of two texts of the same sound comes first. */
export function compare(a: Verdict, b: Verdict): number {
  const sane = ({ runaway, compression }: Verdict): number =>
    runaway || compression > MOST_COMPRESSION ? 1 : 0
  return sane(a) - sane(b) || b.meanLog - a.meanLog
}

/**
 * Whether there was nothing to hear. Hiss gives −1.7 to −2.9 at a probability of silence of 0.39 to 0.79, so OpenAI's
 * rule, which wants both above 0.6 and below −1, lets it through; silence gives "you" at 0.9 and −0.5 to −1.5; lone
 * digits that were said go down to −0.7.
 */
export const isSilence = ({ meanLog, noSpeech }: Verdict): boolean =>
  meanLog < LEAST_LOG || (noSpeech > 0.8 && meanLog < -0.5)
