/** Wire schemas of `/v1/webhooks`, and of what is sent to them. Times: ISO 8601. */
import { z } from 'zod'

const TRANSCRIPTION_EVENTS = [
  'transcription.succeeded',
  'transcription.failed',
  'transcription.cancelled',
] as const
const BATCH_EVENTS = ['batch.completed', 'batch.cancelled'] as const
const POST_EVENTS = ['post.published', 'post.failed'] as const
const SUBSCRIPTION_EVENTS = ['subscription.found', 'subscription.failed'] as const
export const EVENT_TYPES = [
  ...TRANSCRIPTION_EVENTS,
  ...BATCH_EVENTS,
  ...POST_EVENTS,
  ...SUBSCRIPTION_EVENTS,
] as const

/** How many items of a batch are in each state. */
export const itemCounts = z.object({
  queued: z.number(),
  running: z.number(),
  succeeded: z.number(),
  failed: z.number(),
  cancelled: z.number(),
})

/** What is sent to a webhook. */
export const webhookEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(TRANSCRIPTION_EVENTS),
    timestamp: z.string(),
    data: z.object({
      id: z.string(),
      state: z.enum(['succeeded', 'failed', 'cancelled']),
      title: z.string().nullable(),
      durationSeconds: z.number().nullable(),
      creditsDebited: z.number(),
      modelUsed: z.string().nullable().describe('Null: nothing was transcribed, or captions were taken.'),
      standIn: z.boolean().describe('True: a rough stand-in engine made it.'),
      reused: z.boolean().describe('True: an earlier transcription of the same link answered.'),
      error: z.string().optional().describe('A code of docs/errors.md, where it failed.'),
    }),
  }),
  z.object({
    type: z.enum(BATCH_EVENTS),
    timestamp: z.string(),
    data: z.object({
      id: z.string(),
      state: z.enum(['completed', 'cancelled']),
      name: z.string().nullable(),
      total: z.number(),
      counts: itemCounts,
      creditsDebited: z.number(),
    }),
  }),
  z.object({
    type: z.enum(POST_EVENTS),
    timestamp: z.string(),
    data: z.object({
      id: z.string(),
      state: z.enum(['published', 'failed']),
      platforms: z.array(
        z.object({
          platform: z.string(),
          handle: z.string(),
          state: z.enum(['published', 'failed']),
          publicUrl: z.string().nullable(),
          error: z.string().optional(),
        }),
      ),
    }),
  }),
  z.object({
    type: z.literal('subscription.found'),
    timestamp: z.string(),
    data: z.object({
      id: z.string(),
      name: z.string().nullable(),
      batchId: z.string(),
      items: z.number(),
    }),
  }),
  z.object({
    type: z.literal('subscription.failed'),
    timestamp: z.string(),
    data: z.object({
      id: z.string(),
      name: z.string().nullable(),
      error: z.string().describe('A code of docs/errors.md.'),
      message: z.string(),
    }),
  }),
  z.object({
    type: z.literal('webhook.test'),
    timestamp: z.string(),
    data: z.object({ endpointId: z.string() }),
  }),
])
export type WebhookEvent = z.infer<typeof webhookEvent>

const eventTypes = z.array(z.enum(EVENT_TYPES)).min(1)

/** `POST /v1/webhooks`. `events` omitted: all. */
export const createWebhookBody = z.strictObject({
  url: z.string().min(1).max(2000),
  events: eventTypes.optional(),
})

/** `PATCH /v1/webhooks/{id}`. */
export const updateWebhookBody = z.strictObject({
  url: z.string().min(1).max(2000).optional(),
  events: eventTypes.optional(),
  enabled: z.boolean().optional(),
})

export const webhookReply = z.object({
  id: z.string(),
  url: z.string(),
  events: z.array(z.enum(EVENT_TYPES)),
  enabled: z.boolean(),
  disabledReason: z.string().nullable().describe('Why it is not enabled.'),
  disabledAt: z.string().nullable(),
  createdAt: z.string(),
})
export type WebhookReply = z.infer<typeof webhookReply>

/** After `POST /v1/webhooks` and `POST /v1/webhooks/{id}/rotate`; `GET /v1/webhooks/{id}` shows it as well. */
export const webhookWithSecret = webhookReply.extend({ secret: z.string() })
export type WebhookWithSecret = z.infer<typeof webhookWithSecret>

export const listWebhooksReply = z.object({ items: z.array(webhookReply) })

/** `GET /v1/webhooks/{id}/deliveries`, `POST …/deliveries/{deliveryId}/replay`, `POST …/test`. */
export const deliveryReply = z.object({
  id: z.string(),
  eventId: z.string().describe('The `webhook-id` header: the same for every attempt and replay.'),
  eventType: z.string(),
  state: z.enum(['pending', 'succeeded', 'failed']),
  attempts: z.number(),
  nextAttemptAt: z.string().nullable(),
  lastStatus: z.number().nullable(),
  lastError: z.string().nullable(),
  payload: z.string().describe('The very JSON that was sent.'),
  createdAt: z.string(),
  endedAt: z.string().nullable(),
})
export type DeliveryReply = z.infer<typeof deliveryReply>

export const listDeliveriesQuery = z.strictObject({ cursor: z.string().max(200).optional() })
export const listDeliveriesReply = z.object({
  items: z.array(deliveryReply),
  nextCursor: z.string().nullable(),
})
export type ListDeliveriesReply = z.infer<typeof listDeliveriesReply>
