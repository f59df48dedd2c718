import {
  createWebhookBody,
  deliveryReply,
  listDeliveriesQuery,
  listDeliveriesReply,
  listWebhooksReply,
  updateWebhookBody,
  webhookReply,
  webhookWithSecret,
} from '../../contract/webhooks.ts'
import { accepted, created, json, nothing, type Operation, ok } from './operation.ts'

const webhooks = { tag: 'Webhooks', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const webhookOperations: Operation[] = [
  {
    ...webhooks,
    method: 'get',
    path: '/v1/webhooks',
    summary: 'List webhook endpoints',
    description: 'All endpoints of the account, without their secrets.',
    replies: ok(listWebhooksReply),
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks',
    summary: 'Create a webhook endpoint',
    description:
      'Events are signed and sent as Standard Webhooks 1.0.0 describes. Without `events`, the endpoint gets all of them.',
    body: json(createWebhookBody),
    replies: created(webhookWithSecret),
  },
  {
    ...webhooks,
    method: 'get',
    path: '/v1/webhooks/{id}',
    summary: 'Get a webhook endpoint',
    description: 'One endpoint, with its secret.',
    replies: ok(webhookWithSecret),
  },
  {
    ...webhooks,
    method: 'patch',
    path: '/v1/webhooks/{id}',
    summary: 'Update a webhook endpoint',
    description:
      'Changes the address or the events, or turns the endpoint on or off. Turning it on again clears `disabledReason`.',
    body: json(updateWebhookBody),
    replies: ok(webhookReply),
  },
  {
    ...webhooks,
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'Delete a webhook endpoint',
    description: 'Nothing more is sent to it, and its deliveries are no longer listed.',
    replies: nothing,
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks/{id}/rotate',
    summary: 'Rotate a webhook secret',
    description: 'Makes a new secret. For 24 hours, events are signed with both the old and the new one.',
    replies: ok(webhookWithSecret),
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks/{id}/test',
    summary: 'Send a test event',
    description: 'Queues a `webhook.test` event for this endpoint.',
    replies: accepted(deliveryReply),
  },
  {
    ...webhooks,
    method: 'get',
    path: '/v1/webhooks/{id}/deliveries',
    summary: 'List deliveries',
    description:
      'What was sent to an endpoint in the last 30 days, newest first, with the outcome of the last attempt.',
    query: listDeliveriesQuery,
    replies: ok(listDeliveriesReply),
  },
  {
    ...webhooks,
    method: 'post',
    path: '/v1/webhooks/{id}/deliveries/{deliveryId}/replay',
    summary: 'Replay a delivery',
    description: 'Sends the same event again, with the same `webhook-id`.',
    replies: accepted(deliveryReply),
  },
]
