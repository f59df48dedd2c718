/** Wire schemas of editing a transcript: `PATCH /v1/transcriptions/{id}`, and `…/changes`, line by line. */
import { z } from 'zod'
import { LONGEST_SECONDS, segment, title } from './native.ts'

/** An edited transcript: a day and a night of quick speech without a pause, and as much again. */
export const EDITED = { segments: 50_000, letters: 2_000_000, words: 300_000, wordsOfOne: 20_000 }

const time = z.number().min(0).max(LONGEST_SECONDS)
const editedWord = z.strictObject({
  word: z.string().max(500),
  start: time,
  end: time,
  probability: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('As it was read; a word that somebody wrote has none.'),
})
const editedSegment = z.strictObject({
  start: time,
  end: time,
  text: z.string().max(20_000),
  words: z.array(editedWord).max(EDITED.wordsOfOne).optional(),
  speaker: z.string().max(200).optional(),
})

const editedSegments = z
  .array(editedSegment)
  .max(EDITED.segments)
  .refine((all) => sum(all, (s) => s.text.length) <= EDITED.letters, {
    message: `the text may have ${EDITED.letters} characters in all`,
  })
  .refine((all) => sum(all, (s) => s.words?.length ?? 0) <= EDITED.words, {
    message: `there may be ${EDITED.words} words in all`,
  })

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)

/** `PATCH /v1/transcriptions/{id}`. */
export const editTranscriptionBody = z
  .strictObject({
    title: title.optional(),
    segments: editedSegments.optional().describe('The whole edited transcript, in the order of the times.'),
    version: z
      .number()
      .int()
      .min(0)
      .optional()
      .describe("The version that was edited. Needed with `segments`: another's changes in between are 409."),
    revert: z.literal(true).optional().describe('Back to what was recognised.'),
  })
  .refine((body) => body.segments === undefined || body.version !== undefined, {
    message: 'Say which version you edited.',
    path: ['version'],
  })
  .refine((body) => body.segments === undefined || body.revert === undefined, {
    message: 'Either new segments or the original, not both.',
    path: ['revert'],
  })
export type EditTranscriptionBody = z.input<typeof editTranscriptionBody>

/** At `at`, `remove` segments go and `insert` come. Of several, the numbers are those before any of them. */
const change = z.strictObject({
  at: z.number().int().min(0).max(EDITED.segments),
  remove: z.number().int().min(0).max(EDITED.segments),
  insert: editedSegments,
})

/** `POST /v1/transcriptions/{id}/changes`: a few segments of many. */
export const changeTranscriptBody = z.strictObject({
  version: z
    .number()
    .int()
    .min(0)
    .describe(
      "The version that was edited: another's changes in between are 409, and can be had with `?since=`.",
    ),
  changeId: z
    .string()
    .min(8)
    .max(100)
    .describe("Of the client's choice: what arrives twice under the same one is done once."),
  changes: z
    .array(change)
    .min(1)
    .max(10_000)
    .refine((all) => all.every(({ at }, k) => k === 0 || at >= endOf(all[k - 1])), {
      message: 'The changes must rise, and not overlap.',
    })
    .describe('Rising, none within another.'),
})
export type ChangeTranscriptBody = z.input<typeof changeTranscriptBody>

const endOf = (before: { at: number; remove: number } | undefined): number =>
  before ? before.at + before.remove : 0

export const changeTranscriptReply = z.object({ version: z.number() })
export type ChangeTranscriptReply = z.infer<typeof changeTranscriptReply>

/** `GET /v1/transcriptions/{id}/changes`: what became of version `since`, the oldest first. */
export const listChangesQuery = z.strictObject({
  since: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

export const transcriptChange = z.object({ at: z.number(), remove: z.number(), insert: z.array(segment) })
export type TranscriptChange = z.infer<typeof transcriptChange>

export const listChangesReply = z.object({
  version: z.number().describe("As it is now; more than the last item's: ask again from there."),
  items: z.array(
    z.object({
      version: z.number(),
      changeId: z
        .string()
        .nullable()
        .describe('As the client called it; null: the whole transcript was saved.'),
      changedAt: z.string(),
      changedBy: z.string().nullable().describe('A person, or a key by its name; null: unknown, or gone.'),
      changes: z.array(transcriptChange),
    }),
  ),
})
export type ListChangesReply = z.infer<typeof listChangesReply>
