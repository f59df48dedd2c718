/** Wire schemas of SoScripted's API (https://soscripted.com/transcript-api). Times are seconds. */
import { z } from 'zod'
import { language } from './language.ts'
import { hit } from './native.ts'
import { MODES } from './wishes.ts'

/**
 * `POST /api/public/transcribe`. SoScripted documents `url`; the rest is ours. Other fields are passed over: its
 * clients may send what it never said that it refuses.
 */
export const transcribeBody = z.object({
  url: z.string(),
  language: language.optional().describe('Omitted: detected.'),
  mode: z
    .enum(MODES, `must be one of ${MODES.join(', ')}`)
    .optional()
    .describe("The platform's captions, or recognition. Omitted: the operator's choice."),
})

const LIBRARY_LIMIT = 100

/** `GET /api/public/library`. */
export const libraryQuery = z.strictObject({
  q: z
    .string()
    .max(200)
    .optional()
    .describe('The words to look for; all must occur, the last one may be a beginning.'),
  cursor: z.string().max(200).optional().describe('`nextCursor` of the page before.'),
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
  format: z
    .enum(FORMATS, `must be one of ${FORMATS.join(', ')}`)
    .optional()
    .describe('The transcript as a file instead of the entry.'),
})

/** What is known of a transcript besides its text. */
const transcriptFacts = z.object({
  id: z.string().describe('Of its entry in the library.'),
  source: z
    .enum(['speech', 'captions', 'automatic'])
    .describe("It was recognised, or people, or the platform's machine, wrote captions."),
  model: z.string().nullable().describe('What heard it, or whose captions it is.'),
  language: z.string().nullable().describe('ISO 639-1; null where neither the request nor the engine said.'),
  reused: z.boolean().describe('Answered from an earlier transcript of the same video.'),
  standIn: z.literal(true).optional().describe('Only where it is so: a rough stand-in engine made it.'),
})
export type TranscriptFacts = z.infer<typeof transcriptFacts>

/** What SoScripted documents. */
const documented = z.object({
  ok: z.literal(true),
  caption: z.object({
    text: z.string(),
    segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
  }),
})

/** The body of 200, and the data of the event `final`. */
export const transcribeReply = documented.extend(transcriptFacts.shape)
export type TranscribeReply = z.infer<typeof transcribeReply>

export const libraryEntry = transcriptFacts.extend({
  title: z.string().nullable(),
  url: z.string().nullable().describe('The post; null for a file of the media library.'),
  platform: z.string().nullable().describe('`youtube`, `tiktok`…, or null.'),
  duration: z.number().nullable().describe('Seconds.'),
  createdAt: z.string().describe('ISO 8601, UTC.'),
})
export type LibraryEntry = z.infer<typeof libraryEntry>

export const libraryReply = z.object({
  ok: z.literal(true),
  items: z.array(
    libraryEntry.extend({
      hits: z.array(hit).optional().describe('With `q`: the first places where the words occur.'),
      hitCount: z.number().optional(),
    }),
  ),
  nextCursor: z.string().nullable().describe('Null: this was the last page.'),
})
export type LibraryReply = z.infer<typeof libraryReply>

export const libraryItemReply = documented.extend(libraryEntry.shape)
export type LibraryItemReply = z.infer<typeof libraryItemReply>
