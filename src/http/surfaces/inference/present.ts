import { languageName } from '../../../contract/language.ts'
import type { TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import { CONTENT_TYPES, render } from '../../../domain/transcripts/formats.ts'
import type { Segment } from '../../../ports/transcript.ts'
import type { InferenceFields } from './fields.ts'

interface Presented {
  contentType: string
  body: unknown
}

/** In the format that was asked for. @throws DomainError with the code that it failed with */
export function present(row: TranscriptionRow, fields: InferenceFields): Presented {
  const transcript = transcriptOf(row)
  const text = transcript.segments.map((segment) => `${spoken(segment)}\n`).join('')
  const { response_format: format } = fields
  if (format === 'json') return { contentType: CONTENT_TYPES.json, body: { text } }
  // There it is text/html, which a browser would run.
  if (format === 'text') return { contentType: CONTENT_TYPES.txt, body: text }
  if (format === 'srt' || format === 'vtt')
    return { contentType: CONTENT_TYPES[format], body: render(transcript, format) }
  return { contentType: CONTENT_TYPES.json, body: verbose(row, text, transcript.segments, fields) }
}

/** A segment's text begins with a space there; who speaks stands before it. */
const spoken = ({ text, speaker }: Segment): string => `${speaker ? `(${speakerOf(speaker)})` : ''} ${text}`

/** `Channel 1` is whisper.cpp's `speaker 0`. */
const speakerOf = (channel: string): string =>
  channel.replace(/^Channel (\d+)$/, (_, n: string) => `speaker ${Number(n) - 1}`)

function verbose(
  { detected_language: code, language_confidence: confidence, duration_ms, task, stand_in }: TranscriptionRow,
  text: string,
  segments: readonly Segment[],
  { no_timestamps }: InferenceFields,
) {
  const name = code === null ? '' : languageName(code)
  return {
    task,
    language: name,
    duration: (duration_ms ?? 0) / 1000,
    text,
    segments: segments.map((each, id) => segment(each, id, !no_timestamps)),
    ...(code !== null &&
      confidence !== null && {
        detected_language: name,
        detected_language_probability: confidence,
        language_probabilities: { [code]: confidence },
      }),
    ...(stand_in === 1 && { stand_in: true }),
  }
}

/** What the engine does not tell is 0 or empty. */
const segment = (each: Segment, id: number, timed: boolean) => ({
  id,
  text: spoken(each),
  ...(timed && { start: each.start, end: each.end }),
  tokens: each.tokens ?? [],
  ...(timed && {
    words: (each.words ?? []).map(({ word, start, end, probability = 0 }) => ({
      word: ` ${word}`,
      start,
      end,
      t_dtw: -1,
      probability,
    })),
  }),
  temperature: each.temperature ?? 0,
  avg_logprob: each.avgLogProbability ?? 0,
  no_speech_prob: each.noSpeechProbability ?? 0,
})
