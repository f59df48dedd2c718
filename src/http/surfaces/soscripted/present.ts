import type { TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'

export interface Caption {
  ok: true
  caption: { text: string; segments: { start: number; end: number; text: string }[] }
}

/** The documented success body. @throws DomainError with the code that the transcription failed with */
export function caption(row: TranscriptionRow): Caption {
  const { text, segments } = transcriptOf(row)
  return {
    ok: true,
    caption: { text, segments: segments.map(({ start, end, text }) => ({ start, end, text })) },
  }
}
