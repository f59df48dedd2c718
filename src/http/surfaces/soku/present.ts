import type { MediaReply, TranscribeReply } from '../../../contract/soku.ts'
import type { MediaRow, TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'

/** @throws DomainError with the code that the transcription failed with */
export function transcription(row: TranscriptionRow): TranscribeReply {
  return {
    transcript: transcriptOf(row).text,
    jobId: row.id,
    creditsDebited: row.credits_debited ?? 0,
    likelyLyrics: row.likely_lyrics === 1,
    ...(row.stand_in === 1 && { standIn: true }),
  }
}

export const media = (row: MediaRow, origin: string): MediaReply => ({
  mediaId: row.id,
  url: `${origin}/v1/media/${row.id}/content`,
  filename: row.filename,
  contentType: row.content_type,
  bytes: row.bytes,
  durationSeconds: row.duration_ms / 1000,
  createdAt: new Date(row.created_at).toISOString(),
})
