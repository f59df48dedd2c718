/** Which model a name stands for that a client sends: they move over without touching their settings. */
import { AUTO } from './auto.ts'

/** OpenAI's names, which stand for whatever serves here. */
export const MODEL_ALIASES: readonly string[] = [
  'whisper-1',
  'gpt-4o-transcribe',
  'gpt-4o-mini-transcribe',
  'gpt-4o-transcribe-diarize',
  'gpt-transcribe',
]

const SIZES = ['tiny', 'tiny.en', 'base', 'base.en', 'small', 'small.en', 'medium', 'medium.en'] as const
const LARGE = ['large', 'large-v1', 'large-v2', 'large-v3', 'large-v3-turbo', 'turbo'] as const
const DISTILLED = ['small.en', 'medium.en', 'large-v2', 'large-v3', 'large-v3.5'] as const

/**
 * Names of Whisper models as clients of other servers send them (Groq, LocalAI, Speaches, the hub), each with the
 * catalogue's names of that model. Where none of those is there, the model serves that serves without a name.
 */
const WHISPERS: ReadonlyMap<string, readonly string[]> = new Map([
  ...[...SIZES, ...LARGE].flatMap((size) => {
    const wanted = whisperNames(size)
    const names = [
      ...wanted,
      `openai/whisper-${size}`,
      `Systran/faster-whisper-${size}`,
      `guillaumekln/faster-whisper-${size}`,
    ]
    return names.map((name) => [name, wanted] as const)
  }),
  ...DISTILLED.flatMap((size) => {
    const wanted = [`distil-${size}`, `distil-whisper-${size}`, `whisper-distil-${size}`]
    const names = [
      ...wanted,
      `distil-whisper/distil-${size}`,
      `Systran/faster-distil-whisper-${size}`,
      `distil-whisper/distil-${size}-ct2`,
      `distil-whisper-${size}-en`,
    ]
    return names.map((name) => [name, wanted] as const)
  }),
  ...['deepdml/faster-whisper-large-v3-turbo-ct2', 'mobiuslabsgmbh/faster-whisper-large-v3-turbo'].map(
    (name) => [name, whisperNames('turbo')] as const,
  ),
])

/** Of one model; `turbo` and `large` are short for others. */
function whisperNames(size: string): string[] {
  const same = [
    ['turbo', 'large-v3-turbo'],
    ['large', 'large-v3'],
  ].find((names) => names.includes(size)) ?? [size]
  return [size, ...same.filter((name) => name !== size)].map((name) => `whisper-${name}`)
}

/** OpenAI dates its models: `gpt-4o-mini-transcribe-2025-12-15`. */
const undated = (name: string): string => name.replace(/-\d{4}-\d{2}-\d{2}$/, '')

/**
 * The installed model that a name stands for; `model` undefined: the one that serves where none is named.
 * Undefined: nobody knows the name.
 * @param own names of the operator's, before all others
 */
export function modelNamed(
  name: string | null | undefined,
  installed: readonly string[],
  own: Readonly<Record<string, string>>,
): { model: string | undefined } | undefined {
  if (name === null || name === undefined) return { model: undefined }
  if (installed.includes(name)) return { model: name }
  const chosen = Object.hasOwn(own, name) ? own[name] : undefined
  if (chosen !== undefined) return { model: installed.find((each) => each === chosen) }
  if (name === AUTO || MODEL_ALIASES.includes(undated(name))) return { model: undefined }
  const wanted = WHISPERS.get(name)
  return wanted && { model: wanted.find((each) => installed.includes(each)) }
}
