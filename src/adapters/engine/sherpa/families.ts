/**
 * The model families of sherpa-onnx's offline recogniser: which files each takes, as sherpa names them,
 * and what is known about all models of it. A manifest can say more about its own model.
 */
export interface Family {
  /** Keys of `files`, each set being one way to make up a model. */
  files: readonly (readonly string[])[]
  /** Families whose tokeniser is a folder take no tokens.txt. */
  tokens: boolean
  /** Whether the tokens of a result come with times. */
  wordTimes: boolean
  /** Longest part in seconds. */
  maxPartSeconds: number
}

const oneFile = (wordTimes: boolean): Family => ({
  files: [['model']],
  tokens: true,
  wordTimes,
  maxPartSeconds: 30,
})
const encoderDecoder: Family = {
  files: [['encoder', 'decoder']],
  tokens: true,
  wordTimes: false,
  maxPartSeconds: 30,
}

export const FAMILIES = {
  transducer: { ...encoderDecoder, files: [['encoder', 'decoder', 'joiner']], wordTimes: true },
  paraformer: oneFile(true),
  zipformerCtc: oneFile(true),
  wenetCtc: oneFile(true),
  nemoCtc: oneFile(true),
  omnilingual: oneFile(true),
  medasr: oneFile(true),
  dolphin: oneFile(true),
  tdnn: oneFile(true),
  teleSpeechCtc: oneFile(true),
  fireRedAsrCtc: oneFile(true),
  senseVoice: oneFile(true),
  fireRedAsr: encoderDecoder,
  canary: encoderDecoder,
  cohereTranscribe: encoderDecoder,
  moonshine: {
    ...encoderDecoder,
    files: [
      ['preprocessor', 'encoder', 'uncachedDecoder', 'cachedDecoder'],
      ['encoder', 'mergedDecoder'],
    ],
  },
  funasrNano: {
    ...encoderDecoder,
    files: [['encoderAdaptor', 'llm', 'embedding', 'tokenizer']],
    tokens: false,
  },
  qwen3Asr: {
    ...encoderDecoder,
    files: [['convFrontend', 'encoder', 'decoder', 'tokenizer']],
    tokens: false,
  },
} as const satisfies Record<string, Family>

export type FamilyName = keyof typeof FAMILIES
export const FAMILY_NAMES = Object.keys(FAMILIES) as [FamilyName, ...FamilyName[]]

/** What every model of a family speaks. Canary and Cohere have to be told which; SenseVoice detects it. */
export const FAMILY_LANGUAGES: Partial<Record<FamilyName, readonly string[]>> = {
  canary: ['en', 'es', 'de', 'fr'],
  senseVoice: ['zh', 'yue', 'ja', 'ko', 'en'],
  cohereTranscribe: ['ar', 'de', 'el', 'en', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'vi', 'zh'],
}

/** Families whose models write words only. */
const WITHOUT_PUNCTUATION: ReadonlySet<FamilyName> = new Set([
  'paraformer',
  'zipformerCtc',
  'wenetCtc',
  'omnilingual',
  'dolphin',
  'tdnn',
  'teleSpeechCtc',
  'fireRedAsrCtc',
  'fireRedAsr',
])

/** Of the transducers NeMo's write punctuation, and Zipformers do not. */
export function punctuates(manifest: {
  family: FamilyName
  modelType?: string | undefined
  punctuates?: boolean | undefined
}): boolean {
  const { family, modelType } = manifest
  if (manifest.punctuates !== undefined) return manifest.punctuates
  return family === 'transducer' ? modelType === 'nemo_transducer' : !WITHOUT_PUNCTUATION.has(family)
}
