/** Wire schemas of SoScripted's API (https://soscripted.com/transcript-api). Times are seconds. */
import { z } from 'zod'
import { language } from './language.ts'
import { MODES } from './native.ts'

/**
 * `POST /api/public/transcribe`. SoScripted documents `url`; the rest is ours. Other fields are passed over: its
 * clients may send what it never said that it refuses.
 */
export const transcribeBody = z.object({
  url: z.string(),
  /** Omitted: detected. */
  language: language.optional(),
  /** The platform's captions, or recognition. Omitted: the operator's choice. */
  mode: z.enum(MODES, `must be one of ${MODES.join(', ')}`).optional(),
})

const LIBRARY_LIMIT = 100

/** `GET /api/public/library`. */
export const libraryQuery = z.strictObject({
  /** The words to look for; all must occur, the last one may be a beginning. */
  q: z.string().max(200).optional(),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(200).optional(),
  limit: z.coerce
    .number(`must be a number from 1 to ${LIBRARY_LIMIT}`)
    .int()
    .min(1)
    .max(LIBRARY_LIMIT)
    .default(20),
})

const FORMATS = ['txt', 'srt', 'vtt', 'json'] as const

/** `GET /api/public/library/{id}`. */
export const libraryItemQuery = z.strictObject({
  /** The transcript as a file instead of the entry. */
  format: z.enum(FORMATS, `must be one of ${FORMATS.join(', ')}`).optional(),
})

/** Where the text comes from: it was recognised, or people, or the platform's machine, wrote captions. */
type TextSource = 'speech' | 'captions' | 'automatic'

/** What is known of a transcript besides its text. */
export interface TranscriptFacts {
  /** Of its entry in the library. */
  id: string
  source: TextSource
  /** ISO 639-1; null where neither the request nor the engine said. */
  language: string | null
  /** Answered from an earlier transcript of the same video. */
  reused: boolean
}

/** What SoScripted documents. */
interface Documented {
  ok: true
  caption: { text: string; segments: { start: number; end: number; text: string }[] }
}

/** The body of 200, and the data of the event `final`. */
export type TranscribeReply = Documented & TranscriptFacts

export interface LibraryEntry extends TranscriptFacts {
  title: string | null
  /** The post; null for a file of the media library. */
  url: string | null
  /** `youtube`, `tiktok`…, or null. */
  platform: string | null
  /** Seconds. */
  duration: number | null
  /** ISO 8601, UTC. */
  createdAt: string
}

export interface LibraryReply {
  ok: true
  items: (LibraryEntry & {
    /** With `q`: the first places where the words occur, `[start, end)` of each in `marks`. */
    hits?: { start: number; end: number; snippet: string; marks: [number, number][] }[]
    hitCount?: number
  })[]
  /** Null: this was the last page. */
  nextCursor: string | null
}

export type LibraryItemReply = Documented & LibraryEntry
