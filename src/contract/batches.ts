/** Wire schemas of `/v1/batches`: many transcriptions under one name. */
import { z } from 'zod'
import { MOST_ITEMS, MOST_LISTED } from './batch-limits.ts'
import { EXPORT_FORMATS } from './formats.ts'
import { STATES, title } from './native.ts'
import { itemCounts } from './webhooks.ts'
import { wishes } from './wishes.ts'

/** `cancelling`: what is under way is being ended. */
export const BATCH_STATES = ['running', 'cancelling', 'completed', 'cancelled'] as const
export type BatchState = (typeof BATCH_STATES)[number]
export type BatchItemState = (typeof STATES)[number]

export const customId = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('A name of your own, which comes back with the item.')

const batchItemBody = z.strictObject({
  customId,
  mediaId: z.string().min(1).max(100).optional(),
  url: z.string().min(1).max(4096).optional(),
  title: title.optional(),
  ...wishes.shape,
})

/** `POST /v1/batches`. What is wished for here is for all items; what an item says itself goes before it. */
export const createBatchBody = z
  .strictObject({
    name: title.optional(),
    url: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe('Instead of items: a playlist or a channel on YouTube, or a podcast’s feed (RSS, Atom).'),
    limit: z
      .number()
      .int()
      .min(1)
      .max(MOST_LISTED)
      .optional()
      .describe('With `url`: how many entries to take, from the top of the list; omitted: 100.'),
    items: z
      .array(z.union([z.string().min(1).max(4096), batchItemBody]))
      .min(1)
      .max(MOST_ITEMS)
      .optional()
      .describe(
        'Links, or objects like the body of `POST /v1/transcriptions`, with exactly one of `mediaId` and `url`.',
      ),
    ...wishes.shape,
  })
  .refine(({ items, url }) => (items === undefined) !== (url === undefined), {
    message: 'Give either items or url.',
    path: ['items'],
  })
export type CreateBatchBody = z.input<typeof createBatchBody>

const batchSource = z.object({ url: z.string(), title: z.string().nullable() })

const error = z.object({ code: z.string(), message: z.string() })

export const batchReply = z.object({
  id: z.string(),
  name: z.string().nullable(),
  state: z.enum(BATCH_STATES),
  source: batchSource.nullable().describe('The playlist, channel or feed that the items came from.'),
  subscriptionId: z.string().nullable().describe('The subscription that found the items, if any.'),
  total: z.number(),
  counts: itemCounts,
  pct: z.number().describe('0 to 100; never falls.'),
  creditsDebited: z.number(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type BatchReply = z.infer<typeof batchReply>

/** `POST /v1/batches/preview`: what the same body would take, and cost; nothing is begun. */
export const previewBatchReply = z.object({
  source: batchSource.nullable(),
  total: z.number(),
  more: z.boolean().describe('The playlist, channel or feed has more than `limit`.'),
  items: z
    .array(
      z.object({
        url: z.string().nullable(),
        mediaId: z.string().nullable(),
        title: z.string().nullable(),
        durationSeconds: z
          .number()
          .nullable()
          .describe('As the list says; null: not known until the item is fetched.'),
      }),
    )
    .describe('The first 1,000.'),
  credits: z.object({
    least: z.number().describe('What the account must have for the batch to be accepted.'),
    expected: z.number().describe('The cost by the lengths that are known.'),
    unknown: z.number().describe('How many items are of unknown length; they count at the minimum charge.'),
    available: z.number(),
  }),
})
export type PreviewBatchReply = z.infer<typeof previewBatchReply>

/** `GET /v1/batches`. Newest first. */
export const listBatchesQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const listBatchesReply = z.object({ items: z.array(batchReply), nextCursor: z.string().nullable() })
export type ListBatchesReply = z.infer<typeof listBatchesReply>

/** `GET /v1/batches/{id}/items`. In the order in which they were given. */
export const listBatchItemsQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  state: z.enum(STATES).optional(),
})

export const batchItem = z.object({
  index: z.number().describe('Counts from 0.'),
  customId: z.string().nullable(),
  url: z.string().nullable(),
  mediaId: z.string().nullable(),
  title: z.string().nullable(),
  state: z.enum(STATES),
  pct: z.number().describe('0 to 100.'),
  transcriptionId: z.string().nullable().describe('Null until the item starts, and if it never does.'),
  creditsDebited: z.number().nullable(),
  error: error.nullable(),
})
export type BatchItem = z.infer<typeof batchItem>

export const listBatchItemsReply = z.object({ items: z.array(batchItem), nextCursor: z.string().nullable() })
export type ListBatchItemsReply = z.infer<typeof listBatchItemsReply>

/** `GET /v1/batches/{id}.zip`: a file for each item and format. */
export const batchZipQuery = z.strictObject({
  format: z
    .string()
    .max(100)
    .default('txt')
    .transform((text) => [...new Set(text.split(',').map((each) => each.trim()))])
    .pipe(z.array(z.enum(EXPORT_FORMATS)).min(1))
    .describe('One or more export formats, separated by commas.'),
})

/** `DELETE /v1/batches/{id}`: what is under way is cancelled and stays listed; what has ended is removed. */
export const deleteBatchReply = z.object({ id: z.string(), outcome: z.enum(['cancelled', 'removed']) })
export type DeleteBatchReply = z.infer<typeof deleteBatchReply>
