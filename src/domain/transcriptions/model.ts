/** OpenAI's names, which stand for what serves here: clients move over without touching their settings. */
export const MODEL_ALIASES: readonly string[] = [
  'whisper-1',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-transcribe-diarize',
]

/** The model that a request named. Undefined: the one that serves where none is named. */
export const namedModel = (model: string | null): string | undefined =>
  model === null || MODEL_ALIASES.includes(model) ? undefined : model
