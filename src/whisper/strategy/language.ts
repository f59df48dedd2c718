import { decode } from '../decoding/decode.ts'
import { encode, windowLength } from '../decoding/encode.ts'
import type { WhisperModel } from '../model.ts'
import { POSITION } from '../units.ts'

export interface DetectedLanguage {
  /** Undefined: the model speaks one language only, and has no token for it. */
  language: string | undefined
  /** Among all that the model knows, 0 to 1. */
  probability: number
}

/** Which language a sound is in, without its words: what the model thinks before it says anything. */
export async function detectLanguage(
  { spec, encoder, decoder }: WhisperModel,
  samples: Float32Array,
  signal?: AbortSignal,
): Promise<DetectedLanguage> {
  decoder.caches.open([windowLength(samples.length) / POSITION])
  decoder.caches.put(0, await encode(encoder, samples))
  const [row] = await decode(decoder, {
    prompts: [[]],
    languages: [undefined],
    candidates: Object.values(spec.languages),
    task: 'transcribe',
    temperature: 0,
    limits: [1],
    signal,
  })
  const language = Object.keys(spec.languages).find((code) => spec.languages[code] === row!.language)
  return { language, probability: row!.languageProbability }
}
