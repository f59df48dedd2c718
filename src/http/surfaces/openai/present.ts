import { deflateSync } from 'node:zlib'
import type { Task, TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import { render } from '../../../domain/transcripts/formats.ts'
import type { Segment } from '../../../ports/transcript.ts'
import type { AudioFields } from './form.ts'

export interface Presented {
  contentType: string
  body: unknown
}

const TEXT = 'text/plain; charset=utf-8'
const JSON_TYPE = 'application/json; charset=utf-8'

/** The answer in the format that was asked for. @throws DomainError with the code that it failed with */
export function present(row: TranscriptionRow, fields: AudioFields, task: Task): Presented {
  const transcript = transcriptOf(row)
  switch (fields.response_format) {
    case 'json':
      return { contentType: JSON_TYPE, body: { text: transcript.text, usage: usage(row) } }
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

export const usage = ({ duration_ms }: TranscriptionRow) => ({
  type: 'duration',
  seconds: Math.ceil((duration_ms ?? 0) / 1000),
})

function verbose(row: TranscriptionRow, fields: AudioFields, task: Task) {
  const { text, segments, language } = transcriptOf(row)
  const wanted = fields['timestamp_granularities[]'] ?? fields.timestamp_granularities ?? ['segment']
  return {
    task,
    language: languageName(language),
    duration: (row.duration_ms ?? 0) / 1000,
    text,
    ...(wanted.includes('segment') && { segments: segments.map(segment) }),
    ...(wanted.includes('word') && { words: segments.flatMap((s) => s.words ?? []) }),
    usage: usage(row),
  }
}

function diarized(row: TranscriptionRow, task: Task) {
  const { text, segments } = transcriptOf(row)
  return {
    task,
    duration: (row.duration_ms ?? 0) / 1000,
    text,
    segments: segments.map(({ start, end, text, speaker = '' }, i) => ({
      type: 'transcript.text.segment',
      id: `seg_${String(i + 1).padStart(3, '0')}`,
      start,
      end,
      text,
      speaker,
    })),
    usage: usage(row),
  }
}

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

const names = new Intl.DisplayNames(['en'], { type: 'language' })

/** OpenAI names languages in words, in lower case: `english`. */
const languageName = (code: string | null): string => (code ? (names.of(code) ?? code).toLowerCase() : '')
