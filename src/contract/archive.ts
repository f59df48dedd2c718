/** Wire schemas of the archive: tags, the bin, receipts for deletions, retention rules. Times: ISO 8601. */
import { z } from 'zod'

export const MOST_TAGS = 20
export const LONGEST_TAG = 50
const MOST_IDS = 500
export const ORDERS = ['newest', 'oldest', 'longest', 'shortest', 'title'] as const

const ids = z.array(z.string().min(1).max(100)).min(1).max(MOST_IDS)

export const tag = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_TAG)
  .refine((text) => !/[",\\\p{Cc}]/u.test(text), {
    message: 'A tag cannot contain commas, quotation marks, backslashes or control characters.',
  })
const tags = z.array(tag).max(MOST_TAGS)

/** `POST /v1/transcriptions/tags`. Ids that are not in the account are left out of the reply. */
export const tagBody = z
  .strictObject({ ids, add: tags.default([]), remove: tags.default([]) })
  .refine(({ add, remove }) => add.length + remove.length > 0, {
    message: 'Name at least one tag to add or to remove.',
    path: ['add'],
  })
export const tagReply = z.object({
  items: z.array(z.object({ id: z.string(), tags: z.array(z.string()) })),
})
export type TagReply = z.infer<typeof tagReply>

/** `POST /v1/transcriptions/bin`. */
export const binBody = z.strictObject({
  ids,
  media: z
    .boolean()
    .default(false)
    .describe(
      'Whether to delete their recordings too when the bin is emptied. A recording that other transcriptions use is kept.',
    ),
})
export const binReply = z.object({
  items: z.array(z.object({ id: z.string(), outcome: z.enum(['binned', 'cancelled']) })),
})
export type BinReply = z.infer<typeof binReply>

/** `POST /v1/transcriptions/restore`. */
export const restoreBody = z.strictObject({ ids })
export const restoreReply = z.object({ items: z.array(z.object({ id: z.string() })) })
export type RestoreReply = z.infer<typeof restoreReply>

/** `GET /v1/deletions`. Latest first. */
export const listDeletionsQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export const listDeletionsReply = z.object({
  items: z.array(
    z.object({
      id: z.string().describe('The id of the transcription.'),
      title: z.string().nullable(),
      source: z.string().describe('`upload`, `url`, or a platform.'),
      durationSeconds: z.number().nullable(),
      createdAt: z.string(),
      deletedAt: z.string(),
      deletedBy: z
        .string()
        .nullable()
        .describe(
          'The name of the person or API key that deleted it or put it into the bin; null: a retention rule did.',
        ),
      reason: z
        .enum(['deleted', 'bin', 'retention'])
        .describe(
          '`deleted`: directly; `bin`: its time in the bin was over; `retention`: a retention rule applied.',
        ),
      mediaDeleted: z
        .boolean()
        .describe(
          'Whether its recording was to be deleted with it; one that other transcriptions use is kept.',
        ),
    }),
  ),
  nextCursor: z.string().nullable(),
})
export type ListDeletionsReply = z.infer<typeof listDeletionsReply>

const days = z.number().int().min(1).max(36_500).nullable()

/** `GET /v1/retention`, `PUT /v1/retention`. */
export const retention = z.strictObject({
  transcriptDays: days.describe(
    'Days after which finished transcriptions are deleted; null: the server’s rule applies.',
  ),
  mediaDays: days.describe('Days after which recordings are deleted; null: the server’s rule applies.'),
  membersDelete: z
    .boolean()
    .describe('Whether members may cancel and delete transcriptions that others started.'),
})
export type Retention = z.infer<typeof retention>

/** The account’s rules, and the server’s, which always apply; 0: the server never deletes them. */
export const retentionReply = retention.extend({
  server: z.object({ transcriptDays: z.number(), mediaDays: z.number(), binDays: z.number() }),
})
export type RetentionReply = z.infer<typeof retentionReply>
