import type { EVENT_TYPES } from '../../contract/webhooks.ts'

type EventType = (typeof EVENT_TYPES)[number] | 'webhook.test'

/** What an endpoint can be sent, for the document's `webhooks`. */
export const EVENTS: Record<EventType, string> = {
  'transcription.succeeded': 'A transcription has finished. Get its text with `GET /v1/transcriptions/{id}`.',
  'transcription.failed': 'A transcription has failed, and costs nothing. `data.error` has the error’s code.',
  'transcription.cancelled': 'A transcription was cancelled, and costs nothing.',
  'batch.completed': 'All items of a batch have ended, whether they succeeded or not.',
  'batch.cancelled': 'A batch was cancelled, and its last item has ended.',
  'post.published': 'A post is published on all of its platforms; `data.platforms` says where.',
  'post.failed': 'A post could not be published on at least one of its platforms; `data.platforms` says why.',
  'subscription.found':
    'A subscription has found new entries; `data.batchId` is the batch that transcribes them.',
  'subscription.failed':
    'A subscription’s list could not be read three times in a row, or the account has too few credits for the entries found. Sent once, until it works again.',
  'webhook.test': 'A test, sent by `POST /v1/webhooks/{id}/test`.',
}

const SIGNING = {
  'webhook-id': 'The event’s id: the same for every attempt and replay.',
  'webhook-timestamp': 'When it was signed, in seconds since 1970.',
  'webhook-signature': 'One signature for each valid secret, as in Standard Webhooks 1.0.0: `v1,…`.',
}

/** The document's `webhooks`: requests that Earshot sends. */
export function describeEvents(event: object): Record<string, object> {
  const parameters = Object.entries(SIGNING).map(([name, description]) => ({
    name,
    in: 'header',
    description,
    required: true,
    schema: { type: 'string' },
  }))
  const entries = Object.entries(EVENTS).map(([type, description]) => [
    type,
    {
      post: {
        operationId: `webhook_${type.replaceAll('.', '_')}`,
        tags: ['Webhooks'],
        summary: type,
        description,
        parameters,
        requestBody: { required: true, content: { 'application/json': { schema: event } } },
        responses: {
          '2XX': { description: 'The event has arrived. Answer within 20 seconds.' },
          410: { description: 'Send nothing more: the endpoint is disabled.' },
          '4XX': {
            description: 'The event was not accepted, and is sent again, as after any other answer.',
          },
        },
        security: [],
      },
    },
  ])
  return Object.fromEntries(entries)
}
