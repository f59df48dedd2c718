/** The parameters of whisper-asr-webservice: each is honoured, or refused by its name. */
import { z } from 'zod'
import { language } from '../../../contract/language.ts'
import { TASKS } from '../../../contract/wishes.ts'
import { DomainError } from '../../../domain/errors.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import { flag } from '../../flag.ts'
import { parse } from '../../parse.ts'

export const OUTPUTS = ['txt', 'vtt', 'srt', 'tsv', 'json'] as const

export const detectQuery = z.object({
  /** False: the bytes are PCM, 16 bits, mono, 16 kHz, without a header. */
  encode: flag.default(true),
  /** Bazarr's: where the film lies; only its name is kept. */
  video_file: z.string().max(4096).optional(),
})

export const asrQuery = detectQuery.extend({
  task: z.enum(TASKS, `must be one of ${TASKS.join(', ')}`).default('transcribe'),
  language: language.optional(),
  initial_prompt: z.string().max(10_000).optional(),
  output: z.enum(OUTPUTS, `must be one of ${OUTPUTS.join(', ')}`).default('txt'),
  word_timestamps: flag,
  diarize: flag,
  /** Recordings are always cut at pauses. */
  vad_filter: z.string().optional(),
  min_speakers: z.string().optional(),
  max_speakers: z.string().optional(),
})
export type AsrQuery = z.output<typeof asrQuery>

/** @throws DomainError `request.invalid` */
export function readAsrQuery(query: unknown): AsrQuery {
  const read = parse(asrQuery, query)
  for (const field of ['min_speakers', 'max_speakers'] as const)
    if (read[field])
      throw new DomainError('request.invalid', `${field}: how many speak is found out, not given.`, {
        field,
        reason: 'unsupported',
      })
  return read
}

export const wishesIn = ({ task, language, initial_prompt, diarize }: AsrQuery): Wishes => ({
  task,
  language,
  prompt: initial_prompt?.trim() || undefined,
  diarize,
})
