/** What decodes, what it is asked, and what it answers. */
import type { WhisperSpec } from '../weights/spec.ts'
import type { WhisperShape } from '../weights/weights.ts'
import type { CrossCaches } from './cross-caches.ts'
import type { Session } from './sessions.ts'

export interface Decoder {
  session: Session
  /** Of one call at most; between calls rows are looked at. */
  steps: number
  /** Positions of the encoder, 20 ms each, that the sounds of a batch may have in all. */
  positions: number
  spec: WhisperSpec
  shape: WhisperShape
  caches: CrossCaches
}

export interface DecodeOptions {
  /** Tokens before the start: what was said or may be said; empty: none. The same length for all rows. */
  prompts: readonly (readonly number[])[]
  /** The token of each row's language; undefined: the likeliest is taken. Passed over by English-only models. */
  languages: readonly (number | undefined)[]
  /** Among these the language is looked for. */
  candidates: readonly number[]
  task: 'transcribe' | 'translate'
  /** 0: the likeliest token each time. */
  temperature: number
  /** Most tokens of text that each row may have. */
  limits: readonly number[]
  signal?: AbortSignal | undefined
}

/** Why a row ended: the model said so; it went round in circles; it had said all it may. */
export type Ending = 'end' | 'loop' | 'limit'

export type Attention = Float32Array | Uint8Array

export interface Decoded {
  /** Text only. */
  tokens: number[]
  /** The logarithm of each one's probability. */
  logs: number[]
  /** Of the end token; undefined where it did not come. */
  endLog: number | undefined
  ending: Ending
  noSpeech: number
  /** Token of the language that was taken. */
  language: number | undefined
  /** How likely it was among all; 1 where it was given. */
  languageProbability: number
  /** For each token and, last, for the end: where the alignment heads looked, in proportion, [heads × positions]. */
  attention: Attention[]
  positions: number
}
