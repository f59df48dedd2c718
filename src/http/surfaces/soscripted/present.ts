import type {
  LibraryEntry,
  LibraryItemReply,
  TranscribeReply,
  TranscriptFacts,
} from '../../../contract/soscripted.ts'
import type { TranscriptionRow } from '../../../domain/tables.ts'
import { transcriptOf } from '../../../domain/transcriptions/get.ts'
import type { Summary } from '../../../domain/transcriptions/list.ts'
import type { Transcript } from '../../../ports/transcript.ts'

/** The documented body, and beside it where the text comes from. @throws DomainError with the code it failed with */
export const transcribed = (row: TranscriptionRow): TranscribeReply => ({
  ok: true,
  caption: caption(transcriptOf(row)),
  ...facts(row),
})

export const entry = (row: Summary): LibraryEntry => ({
  ...facts(row),
  title: row.title,
  url: row.link_url,
  platform: row.link_platform,
  duration: row.duration_ms === null ? null : row.duration_ms / 1000,
  createdAt: new Date(row.created_at).toISOString(),
})

/** Its caption is computed from the whole transcript. */
export const item = (row: Summary): Omit<LibraryItemReply, 'caption'> => ({ ok: true, ...entry(row) })

/** Segments as documented: without the times of words. */
const caption = ({ text, segments }: Transcript): TranscribeReply['caption'] => ({
  text,
  segments: segments.map(({ start, end, text }) => ({ start, end, text })),
})

const SOURCES = { human: 'captions', automatic: 'automatic' } as const

const facts = (row: Omit<TranscriptionRow, 'transcript'>): TranscriptFacts => ({
  id: row.id,
  source: row.captions_kind === null ? 'speech' : SOURCES[row.captions_kind],
  model: row.model_used,
  language: row.detected_language ?? row.language,
  reused: row.reused === 1,
  ...(row.stand_in === 1 && { standIn: true }),
})
