import { languageName } from '../../../contract/language.ts'
import type { TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import { render } from '../../../domain/transcripts/formats.ts'
import type { Segment } from '../../../ports/transcript.ts'
import type { AsrQuery } from './query.ts'

/** In the form that was asked for. @throws DomainError with the code that it failed with */
export function present(row: TranscriptionRow, { output, word_timestamps }: AsrQuery): string {
  const transcript = transcriptOf(row)
  const { text, language, segments } = transcript
  switch (output) {
    case 'txt':
      return segments.map((segment) => `${segment.text}\n`).join('')
    case 'tsv':
      return ['start\tend\ttext\n', ...segments.map(line)].join('')
    case 'json':
      return JSON.stringify({
        text,
        language,
        segments: segments.map((segment, id) => described(segment, id, word_timestamps)),
        ...(row.stand_in === 1 && { stand_in: true }),
      })
    default:
      return render(transcript, output)
  }
}

const line = ({ start, end, text }: Segment): string =>
  `${Math.round(start * 1000)}\t${Math.round(end * 1000)}\t${text.replaceAll('\t', ' ')}\n`

/** As faster-whisper has them; what the engine does not tell is 0 or empty. */
const described = (
  { start, end, text, words, speaker, ...told }: Segment,
  id: number,
  withWords: boolean,
) => ({
  id: id + 1,
  seek: Math.round(start * 100),
  start,
  end,
  text: ` ${text}`,
  tokens: told.tokens ?? [],
  avg_logprob: told.avgLogProbability ?? 0,
  compression_ratio: told.compressionRatio ?? 0,
  no_speech_prob: told.noSpeechProbability ?? 0,
  temperature: told.temperature ?? 0,
  words: withWords
    ? (words ?? []).map(({ word, start, end, probability = 0 }) => ({
        start,
        end,
        word: ` ${word}`,
        probability,
      }))
    : null,
  ...(speaker && { speaker }),
})

/**
 * What is spoken; `{}` where nobody speaks, which Bazarr takes for what it is.
 * @throws DomainError with the code that it failed with
 */
export function detected(row: TranscriptionRow): Record<string, unknown> {
  const { text } = transcriptOf(row)
  const code = row.detected_language
  if (code === null || text === '') return {}
  return {
    detected_language: languageName(code),
    language_code: code,
    confidence: row.language_confidence ?? 1,
  }
}
