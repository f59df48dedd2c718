/** The multipart form of OpenAI's audio endpoints. Fields may come before or after the file. */
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { keywords } from '../../../contract/wishes.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { StoredMedia } from '../../../domain/media/store.ts'
import type { Task } from '../../../domain/tables.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import type { HttpDeps } from '../../context.ts'
import { type FormField, isForm, readForm } from '../../form.ts'
import { parse } from '../../parse.ts'
import { identityOf, libraryTaker } from '../../receive-media.ts'

export const RESPONSE_FORMATS = ['json', 'text', 'srt', 'verbose_json', 'vtt', 'diarized_json'] as const

const granularities = z.array(z.enum(['word', 'segment']))

const transcriptionFields = z.object({
  model: z.string().min(1).max(100),
  language: z
    .string()
    .regex(/^[a-z]{2}$/i, 'must be an ISO 639-1 code like “en”')
    .transform((code) => code.toLowerCase())
    .optional(),
  'keywords[]': keywords.optional(),
  keywords: keywords.optional(),
  prompt: z
    .string()
    .max(10_000)
    .transform((text) => text.trim() || undefined)
    .optional(),
  response_format: z.enum(RESPONSE_FORMATS).default('json'),
  temperature: z.coerce.number().min(0).max(1).optional(),
  /** Not OpenAI's: speakers in any format that has segments. */
  diarize: z.stringbool().optional(),
  stream: z.stringbool().default(false),
  'timestamp_granularities[]': granularities.optional(),
  timestamp_granularities: granularities.optional(),
})
export type AudioFields = z.output<typeof transcriptionFields>

export const wishesIn = (fields: AudioFields, task: Task): Wishes => ({
  language: fields.language,
  model: fields.model,
  task,
  prompt: fields.prompt,
  keywords: fields['keywords[]'] ?? fields.keywords,
  temperature: fields.temperature,
  diarize: wantsSpeakers(fields),
})

/** OpenAI's ways to ask for speakers, and ours. */
const wantsSpeakers = ({ diarize, model, response_format }: AudioFields): boolean =>
  diarize ?? (response_format === 'diarized_json' || model.endsWith('-diarize'))

/** May come more than once, as arrays do in a form. */
const LISTS = new Set([
  'keywords[]',
  'keywords',
  'timestamp_granularities[]',
  'timestamp_granularities',
  'include[]',
])
/** Far more than OpenAI has; the prompt is the longest. */
const FIELD_LIMITS = { fields: 256, field: 64 * 1024, allFields: 256 * 1024 }

export interface AudioForm {
  fields: AudioFields
  file: StoredMedia
  /** What was asked for, for a key that stands for it. */
  content: unknown
}

/**
 * Reads the form; the file goes to the store as it arrives. Where anything is wrong with the fields, the
 * file does not stay.
 * @throws DomainError `request.*`, `media.*`
 */
export async function readAudioForm(
  deps: HttpDeps,
  request: FastifyRequest,
  check: (fields: AudioFields) => Promise<void>,
): Promise<AudioForm> {
  if (!isForm(request))
    throw required('file', 'Send a form with the header “Content-Type: multipart/form-data”.')
  const library = libraryTaker(deps, request)
  const limits = { ...FIELD_LIMITS, file: deps.policy.maxUploadBytes }
  const { fields: sent, file } = await readForm(request, limits, library)
  if (!file) throw required('file', 'The field “file” is required.')
  try {
    const raw = collect(sent)
    const fields = parse(transcriptionFields, raw)
    await check(fields)
    return { fields, file, content: { fields: { ...raw }, file: identityOf(file) } }
  } catch (cause) {
    await library.drop(file)
    throw cause
  }
}

function collect(fields: readonly FormField[]): Record<string, unknown> {
  const raw: Record<string, unknown> = Object.create(null)
  for (const [name, value] of fields)
    raw[name] = LISTS.has(name) ? [...((raw[name] as unknown[] | undefined) ?? []), value] : value
  return raw
}

const required = (field: string, message: string): DomainError =>
  new DomainError('request.invalid', message, { field, reason: 'required' })
