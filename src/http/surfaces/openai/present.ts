import { deflateSync } from 'node:zlib'
import { languageName } from '../../../contract/language.ts'
import type { Task, TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import { render } from '../../../domain/transcripts/formats.ts'
import type { Segment, Transcript } from '../../../ports/transcript.ts'
import type { AudioFields } from './fields.ts'

export interface Presented {
  contentType: string
  body: unknown
}

const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

/** Said where it is so, and beyond OpenAI's own fields. */
export const standIn = ({ stand_in }: TranscriptionRow) => stand_in === 1 && { stand_in: true }

/** The answer in the format that was asked for. @throws DomainError with the code that it failed with */
export function present(row: TranscriptionRow, fields: AudioFields, task: Task): Presented {
  const transcript = transcriptOf(row)
  switch (fields.response_format) {
    case 'json':
      return { contentType: JSON_TYPE, body: json(row, transcript, fields) }
    case 'verbose_json':
      return { contentType: JSON_TYPE, body: verbose(row, fields, task) }
    case 'diarized_json':
      return { contentType: JSON_TYPE, body: diarized(row, task) }
    case 'text':
      return { contentType: TEXT, body: render(transcript, 'txt') }
    default:
      return { contentType: TEXT, body: render(transcript, fields.response_format) }
  }
}

const json = (row: TranscriptionRow, { text, segments, language }: Transcript, fields: AudioFields) => ({
  text,
  ...languagesOf(language, fields),
  ...(fields.include && { logprobs: logprobs(segments) }),
  usage: usage(row),
  ...standIn(row),
})

/** As `gpt-transcribe` alone says them. */
export const languagesOf = (language: string | null, { model }: AudioFields) =>
  model.startsWith('gpt-transcribe') && { languages: language === null ? [] : [{ code: language }] }

/** A word is what comes nearest to a token in all engines; empty where the engine does not tell how sure it is. */
export const logprobs = (segments: readonly Segment[]) =>
  segments
    .flatMap((s) => s.words ?? [])
    .flatMap(({ word, probability: p }, k) => {
      if (p === undefined) return []
      const token = k === 0 ? word : ` ${word}`
      return [{ token, bytes: [...Buffer.from(token)], logprob: Math.log(Math.max(p, LEAST)) }]
    })

/** So that no logarithm is infinite, which JSON has no way to write. */
const LEAST = 1e-9

export const usage = ({ duration_ms }: TranscriptionRow) => ({
  type: 'duration',
  seconds: Math.ceil((duration_ms ?? 0) / 1000),
})

function verbose(row: TranscriptionRow, fields: AudioFields, task: Task) {
  const { text, segments, language } = transcriptOf(row)
  const wanted = fields.timestamp_granularities ?? ['segment']
  return {
    task,
    language: language ? languageName(language) : '',
    duration: (row.duration_ms ?? 0) / 1000,
    text,
    ...(wanted.includes('segment') && { segments: segments.map(segment) }),
    ...(wanted.includes('word') && { words: segments.flatMap((s) => s.words ?? []) }),
    usage: usage(row),
    ...standIn(row),
  }
}

function diarized(row: TranscriptionRow, task: Task) {
  const { text, segments } = transcriptOf(row)
  return {
    task,
    duration: (row.duration_ms ?? 0) / 1000,
    text,
    segments: segments.map(spoken),
    usage: usage(row),
    ...standIn(row),
  }
}

export const spoken = ({ start, end, text, speaker = '' }: Segment, index: number) => ({
  type: 'transcript.text.segment',
  id: `seg_${String(index + 1).padStart(3, '0')}`,
  start,
  end,
  text,
  speaker,
})

/** Every key that OpenAI has, since typed clients insist; what an engine does not tell is 0 or empty. */
const segment = ({ start, end, text, speaker, ...told }: Segment, id: number) => ({
  id,
  seek: Math.round(start * 100),
  start,
  end,
  text: ` ${text}`,
  tokens: told.tokens ?? [],
  temperature: told.temperature ?? 0,
  avg_logprob: told.avgLogProbability ?? 0,
  compression_ratio: told.compressionRatio ?? compressionRatio(text),
  no_speech_prob: told.noSpeechProbability ?? 0,
  ...(speaker && { speaker }),
})

/** As Whisper measures it: text that repeats itself compresses well. */
function compressionRatio(text: string): number {
  const bytes = Buffer.from(text)
  return bytes.length / deflateSync(bytes).length
}
