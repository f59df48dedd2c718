/** What sherpa-onnx's export writes into the metadata of a Whisper encoder, as far as decoding needs it. */
export interface WhisperTokens {
  /** How many there are. */
  vocabulary: number
  /** The longest text, in tokens. */
  longest: number
  start: number
  end: number
  /** The beginning of a prompt: of a model for one language, all of it. */
  prompt: readonly number[]
  noTimes: number
  /** The time 0.00 s; each further one is 20 ms later. */
  firstTime: number
  tasks: { transcribe: number; translate: number }
  /** Empty for models of one language. */
  languages: readonly { code: string; token: number }[]
  /** Of the features. */
  bins: number
}

export function readWhisperTokens(metadata: ReadonlyMap<string, string>): WhisperTokens {
  const number = (key: string): number => {
    const value = Number(metadata.get(key) ?? Number.NaN)
    if (!Number.isInteger(value)) throw new Error(`the model says no ${key}`)
    return value
  }
  const list = (key: string): string[] => (metadata.get(key) ?? '').split(',').filter(Boolean)
  const codes = list('all_language_codes')
  const noTimes = number('no_timestamps')
  return {
    vocabulary: number('n_vocab'),
    longest: number('n_text_ctx'),
    start: number('sot'),
    end: number('eot'),
    prompt: list('sot_sequence').map(Number),
    noTimes,
    firstTime: noTimes + 1,
    tasks: { transcribe: number('transcribe'), translate: number('translate') },
    languages:
      number('is_multilingual') === 1
        ? list('all_language_tokens').map((token, i) => ({ code: codes[i]!, token: Number(token) }))
        : [],
    bins: number('n_mels'),
  }
}

/** What stands before the samples of a part, as floats: where each is. */
export const HEADER = { detects: 0, task: 1, limit: 2, silence: 3, promptLength: 4, prompt: 5 } as const
/** With room for the longest prompt. */
export const HEADER_LENGTH = HEADER.prompt + 4
