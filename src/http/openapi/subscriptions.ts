import {
  changeSubscriptionBody,
  createSubscriptionBody,
  listEntriesQuery,
  listEntriesReply,
  listSubscriptionsQuery,
  listSubscriptionsReply,
  subscriptionReply,
} from '../../contract/subscriptions.ts'
import { accepted, json, nothing, type Operation, ok } from './operation.ts'

const subscriptions = { tag: 'Subscriptions', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const subscriptionOperations: Operation[] = [
  {
    ...subscriptions,
    method: 'post',
    path: '/v1/subscriptions',
    summary: 'Create a subscription',
    description:
      'Looks at a playlist, a channel or a podcast’s feed on a schedule, and transcribes what is new: each look that finds something creates a batch. ' +
      'The list is read at once, and an address that is none is refused. What is in it already is left alone, apart from the `backlog`.',
    headers: {
      'Idempotency-Key': {
        description: 'At most 255 characters. The same key and body create one subscription.',
      },
    },
    body: json(createSubscriptionBody),
    replies: {
      201: {
        description: 'Created.',
        content: json(subscriptionReply),
        headers: { Location: 'The address of the subscription.' },
      },
    },
  },
  {
    ...subscriptions,
    method: 'get',
    path: '/v1/subscriptions',
    summary: 'List subscriptions',
    description: 'Newest first, with the result of the last look.',
    query: listSubscriptionsQuery,
    replies: ok(listSubscriptionsReply),
  },
  {
    ...subscriptions,
    method: 'get',
    path: '/v1/subscriptions/{id}',
    summary: 'Get a subscription',
    description:
      'The result of the last look, when the next one is, and what waits. `blocked` says why entries that were found have not started.',
    replies: ok(subscriptionReply),
  },
  {
    ...subscriptions,
    method: 'patch',
    path: '/v1/subscriptions/{id}',
    summary: 'Change a subscription',
    description:
      'Changes the name, the schedule or the options of what is found from now on, or pauses it. When it is resumed, its list is looked at at once.',
    body: json(changeSubscriptionBody),
    replies: ok(subscriptionReply),
  },
  {
    ...subscriptions,
    method: 'delete',
    path: '/v1/subscriptions/{id}',
    summary: 'Delete a subscription',
    description:
      'Nothing more is looked for. Its batches and transcriptions stay, and those in progress go on.',
    replies: nothing,
  },
  {
    ...subscriptions,
    method: 'post',
    path: '/v1/subscriptions/{id}/look',
    summary: 'Look for new entries now',
    description:
      'Looks as soon as possible, whenever the next look would be. A paused subscription stays paused.',
    replies: accepted(subscriptionReply),
  },
  {
    ...subscriptions,
    method: 'get',
    path: '/v1/subscriptions/{id}/entries',
    summary: 'List what a subscription has found',
    description: 'Newest first, each with its batch, its transcription and how far that is.',
    query: listEntriesQuery,
    replies: ok(listEntriesReply),
  },
]
