/** The fields of OpenAI's audio endpoints: each is honoured, or refused by its name. */
import { z } from 'zod'
import { languageCode } from '../../../contract/language.ts'
import { keywords } from '../../../contract/wishes.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Task } from '../../../domain/tables.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'

export const RESPONSE_FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'] as const
const STREAMED: readonly string[] = ['json', 'text', 'diarized_json']

/** As OpenAI has it. */
const MOST_SPEAKERS = 4

/** `auto`, or the voice detector with settings of one's own. */
const chunkingStrategy = z.union(
  [
    z.literal('auto'),
    z.strictObject({
      type: z.literal('server_vad'),
      threshold: z.coerce.number().min(0.05).max(0.95).optional(),
      silence_duration_ms: z.coerce.number().int().min(100).max(5000).optional(),
      prefix_padding_ms: z.coerce.number().int().min(0).max(1000).optional(),
    }),
  ],
  'must be “auto”, or an object with the “type” server_vad, and “threshold” (0.05 to 0.95), “silence_duration_ms” ' +
    '(100 to 5000) and “prefix_padding_ms” (0 to 1000), as far as they are wanted',
)

export const audioFields = z.object({
  model: z.string().min(1).max(100),
  language: languageCode.optional(),
  languages: z.array(languageCode).optional(),
  prompt: z
    .string()
    .max(10_000)
    .transform((text) => text.trim() || undefined)
    .optional(),
  keywords: keywords.optional(),
  response_format: z.enum(RESPONSE_FORMATS).default('json'),
  temperature: z.coerce.number().min(0).max(1).optional(),
  /** Not OpenAI's: speakers in any format that has segments. */
  diarize: z.stringbool().optional(),
  stream: z.stringbool().default(false),
  timestamp_granularities: z.array(z.enum(['word', 'segment'])).optional(),
  include: z.array(z.enum(['logprobs'])).optional(),
  chunking_strategy: chunkingStrategy.optional(),
  known_speaker_names: z.array(z.string().trim().min(1).max(100)).max(MOST_SPEAKERS).optional(),
  known_speaker_references: z.array(z.string()).max(MOST_SPEAKERS).optional(),
  /** Groq's, instead of the file: its address, or a data URL. */
  url: z.string().optional(),
})
export type AudioFields = z.output<typeof audioFields>

/** Arrays may come as `name[]`, `name[0]` or `name`, more than once, as JSON, or with commas between. */
const LISTS = new Set(['timestamp_granularities', 'keywords', 'languages', 'include', 'known_speaker_names'])
/** The same, but that commas belong to each. */
const WHOLE_LISTS = new Set(['known_speaker_references'])

/** @throws DomainError `request.invalid`, naming the field as it was written */
export function readFields(sent: Iterable<readonly [name: string, value: string]>): AudioFields {
  const { raw, written } = collected(sent)
  const parsed = audioFields.safeParse(Object.fromEntries(raw))
  if (parsed.success) {
    refuseUnable(parsed.data, written)
    return parsed.data
  }
  const issue = parsed.error.issues[0]!
  const name = String(issue.path[0])
  const field = written.get(name) ?? name
  if (!raw.has(name)) throw invalid(field, `The field “${field}” is required.`, 'required')
  throw invalid(field, `${field}: ${issue.message}`)
}

const invalid = (field: string, message: string, reason = 'invalid'): DomainError =>
  new DomainError('request.invalid', message, { field, reason })

function collected(sent: Iterable<readonly [string, string]>) {
  const raw = new Map<string, unknown>()
  /** How the client wrote each name. */
  const written = new Map<string, string>()
  for (const [field, value] of sent) {
    const [, name = field, inside] = /^(\w+)\[(\w*)\]$/.exec(field) ?? []
    // An empty field is one that was left empty.
    if (value.trim() === '') continue
    written.set(name, field)
    if (LISTS.has(name)) raw.set(name, [...((raw.get(name) as string[]) ?? []), ...itemsIn(value, inside)])
    else if (WHOLE_LISTS.has(name)) raw.set(name, [...((raw.get(name) as string[]) ?? []), value])
    else if (name === 'chunking_strategy') raw.set(name, strategyWith(raw.get(name), value, inside))
    else raw.set(name, value)
  }
  return { raw, written }
}

function itemsIn(value: string, inside: string | undefined): unknown[] {
  const json = value.startsWith('[') ? parsedJson(value) : undefined
  if (Array.isArray(json)) return json
  return inside === undefined ? value.split(',').map((each) => each.trim()) : [value]
}

/** `auto`, an object as JSON, or one field of it after the other. */
function strategyWith(known: unknown, value: string, inside: string | undefined): unknown {
  if (inside) return { ...(typeof known === 'object' ? known : {}), [inside]: value }
  return parsedJson(value) ?? value
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What OpenAI has and Earshot cannot do, or not together. @throws DomainError `request.invalid` */
function refuseUnable(fields: AudioFields, written: ReadonlyMap<string, string>): void {
  const { response_format: format, languages = [] } = fields
  const refuse = (name: string, message: string): never => {
    const field = written.get(name) ?? name
    throw invalid(field, `${field}: ${message}`, 'unsupported')
  }
  if (fields.timestamp_granularities && format !== 'verbose_json')
    refuse('timestamp_granularities', 'needs “response_format” verbose_json.')
  if (fields.include && format !== 'json') refuse('include', 'logprobs need “response_format” json.')
  if (fields.stream && !STREAMED.includes(format))
    refuse('stream', `needs “response_format” ${STREAMED.join(', ')}.`)
  if (new Set([...languages, ...(fields.language ? [fields.language] : [])]).size > 1)
    refuse('languages', 'name one language, or leave it out: it is then detected, part by part.')
  if (fields.known_speaker_names && !wantsSpeakers(fields))
    refuse('known_speaker_names', 'needs “response_format” diarized_json.')
}

export const wishesIn = (fields: AudioFields, task: Task): Wishes => ({
  language: fields.language ?? fields.languages?.[0],
  model: fields.model,
  task,
  prompt: fields.prompt,
  keywords: fields.keywords,
  temperature: fields.temperature,
  diarize: wantsSpeakers(fields),
  vad: vadIn(fields),
})

/** OpenAI's ways to ask for speakers, and ours. */
const wantsSpeakers = ({ diarize, model, response_format }: AudioFields): boolean =>
  diarize ?? (response_format === 'diarized_json' || model.endsWith('-diarize'))

/** Which of those it was, for an error that says so. */
export const speakersAskedBy = ({ diarize, response_format }: AudioFields): string =>
  diarize !== undefined ? 'diarize' : response_format === 'diarized_json' ? 'response_format' : 'model'

function vadIn({ chunking_strategy: asked }: AudioFields): Wishes['vad'] {
  if (asked === undefined || asked === 'auto') return undefined
  const { threshold, silence_duration_ms: silenceMs, prefix_padding_ms: paddingMs } = asked
  const given = Object.entries({ threshold, silenceMs, paddingMs }).filter(([, value]) => value !== undefined)
  return given.length > 0 ? Object.fromEntries(given) : undefined
}
