import { decode } from '../decoding/decode.ts'
import { encodeAll } from '../decoding/encode-all.ts'
import type { WhisperModel } from '../model.ts'
import { languageOf } from '../weights/spec.ts'

export interface DetectedLanguage {
  /** Undefined: the model speaks one language only, and has no token for it. */
  language: string | undefined
  /** Among all that the model knows, 0 to 1. */
  probability: number
}

/** Which language a sound is in, without its words: what the model thinks before it says anything. */
export async function detectLanguage(
  model: WhisperModel,
  samples: Float32Array,
  signal?: AbortSignal,
): Promise<DetectedLanguage> {
  const { spec, decoder } = model
  await encodeAll(model, [samples], { signal })
  const [row] = await decode(decoder, {
    prompts: [[]],
    languages: [undefined],
    candidates: Object.values(spec.languages),
    task: 'transcribe',
    temperature: 0,
    limits: [1],
    signal,
  })
  return { language: languageOf(spec, row!.language), probability: row!.languageProbability }
}
