/** The fields of whisper.cpp's form. Settings of its decoder (`beam_size`, `vad_threshold`…) are passed over. */
import { z } from 'zod'
import { language } from '../../../contract/language.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import { flag } from '../../flag.ts'
import type { FormField } from '../../form.ts'
import { parse } from '../../parse.ts'

export const RESPONSE_FORMATS = ['json', 'text', 'srt', 'vtt', 'verbose_json'] as const

const fields = z.object({
  response_format: z.enum(RESPONSE_FORMATS, `must be one of ${RESPONSE_FORMATS.join(', ')}`).default('json'),
  language: language.optional(),
  /** Not whisper.cpp's: one of the installed models. */
  model: z.string().max(100).optional(),
  detect_language: flag,
  translate: flag,
  prompt: z.string().max(10_000).optional(),
  temperature: z.coerce.number().min(0).max(1).optional(),
  /** Of a recording with a speaker on each of two channels. */
  diarize: flag,
  no_timestamps: flag,
  offset_t: z.coerce.number().default(0),
  duration: z.coerce.number().default(0),
})
export type InferenceFields = z.output<typeof fields>

/** @throws DomainError `request.invalid` */
export function readFields(sent: readonly FormField[]): InferenceFields {
  // An empty field is one that was left empty.
  const read = parse(fields, Object.fromEntries(sent.filter(([, value]) => value.trim() !== '')))
  for (const field of ['offset_t', 'duration'] as const)
    if (read[field] !== 0)
      throw new DomainError(
        'request.invalid',
        `${field}: recordings are heard whole; send the piece itself.`,
        {
          field,
          reason: 'unsupported',
        },
      )
  return read
}

export const wishesIn = (read: InferenceFields): Wishes => ({
  language: read.detect_language ? undefined : read.language,
  model: read.model,
  task: read.translate ? 'translate' : 'transcribe',
  prompt: read.prompt?.trim() || undefined,
  temperature: read.temperature,
  channels: read.diarize ? 'separate' : 'mix',
  languageOnly: read.detect_language,
})
