/** Wire schemas of `/v1/subscriptions`: lists whose new entries are transcribed. */
import { z } from 'zod'
import { MOST_AT_ONCE, MOST_LISTED } from './batch-limits.ts'
import { STATES, title } from './native.ts'
import { wishes } from './wishes.ts'

export const SUBSCRIPTION_STATES = ['active', 'paused'] as const

const MOST_MINUTES = 7 * 24 * 60
const every = z.number().int().min(15).max(MOST_MINUTES)
const atOnce = z.number().int().min(1).max(MOST_AT_ONCE)

/** `POST /v1/subscriptions` */
export const createSubscriptionBody = z.strictObject({
  url: z
    .string()
    .min(1)
    .max(4096)
    .describe('A playlist or a channel on YouTube, or a podcast’s feed (RSS, Atom).'),
  name: title.optional(),
  everyMinutes: every.default(60).describe('How often to look for new entries: 15 minutes to a week.'),
  limit: atOnce
    .default(20)
    .describe('How many new entries to transcribe after each look; the others follow after the next looks.'),
  backlog: z
    .number()
    .int()
    .min(0)
    .max(MOST_LISTED)
    .default(0)
    .describe('How many of the entries that are already in the list to transcribe, from the top.'),
  ...wishes.shape,
})
export type CreateSubscriptionBody = z.input<typeof createSubscriptionBody>

/** `PATCH /v1/subscriptions/{id}`: omitted fields stay as they are. */
export const changeSubscriptionBody = z.strictObject({
  name: title.nullable().optional().describe('Null: the title of the list.'),
  everyMinutes: every.optional(),
  limit: atOnce.optional(),
  paused: z.boolean().optional(),
  ...wishes.shape,
})
export type ChangeSubscriptionBody = z.input<typeof changeSubscriptionBody>

const error = z.object({ code: z.string(), message: z.string() })

export const subscriptionReply = z.object({
  id: z.string(),
  url: z.string(),
  title: z.string().nullable().describe('The title of the list.'),
  name: z.string().nullable(),
  state: z.enum(SUBSCRIPTION_STATES),
  everyMinutes: z.number(),
  limit: z.number(),
  options: z
    .record(z.string(), z.unknown())
    .describe('How its entries are transcribed: `language`, `model`, `keywords`…'),
  waiting: z.number().describe('Entries that were found and have not started.'),
  blocked: error
    .nullable()
    .describe('Why the waiting entries have not started: `credits.insufficient` or `queue.share`.'),
  lastLook: z
    .object({
      at: z.string(),
      found: z.number().describe('How many entries were new.'),
      error: error.nullable().describe('Why the list could not be read.'),
    })
    .nullable(),
  failures: z.number().describe('Looks that failed in a row; the wait until the next one doubles with each.'),
  nextLookAt: z.string().nullable().describe('Null while it is paused.'),
  lastBatchId: z.string().nullable().describe('The batch of the newest entries.'),
  createdAt: z.string(),
})
export type SubscriptionReply = z.infer<typeof subscriptionReply>

/** `GET /v1/subscriptions`. Newest first. */
export const listSubscriptionsQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
})
export const listSubscriptionsReply = z.object({
  items: z.array(subscriptionReply),
  nextCursor: z.string().nullable(),
})
export type ListSubscriptionsReply = z.infer<typeof listSubscriptionsReply>

/** `GET /v1/subscriptions/{id}/entries`. Newest first. */
export const listEntriesQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})
export const subscriptionEntry = z.object({
  url: z.string(),
  title: z.string().nullable(),
  durationSeconds: z.number().nullable().describe('As the list says.'),
  state: z.enum(['waiting', ...STATES]).describe('`waiting`: found, and not part of a batch yet.'),
  batchId: z.string().nullable(),
  transcriptionId: z.string().nullable(),
  error: error.nullable().describe('Why it failed.'),
  foundAt: z.string(),
})
export type SubscriptionEntry = z.infer<typeof subscriptionEntry>
export const listEntriesReply = z.object({
  items: z.array(subscriptionEntry),
  nextCursor: z.string().nullable(),
  skipped: z
    .number()
    .describe('How many entries are not transcribed because they were in the list before the subscription.'),
})
export type ListEntriesReply = z.infer<typeof listEntriesReply>
