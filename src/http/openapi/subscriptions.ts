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
      'Looks at a playlist, a channel or a podcast’s feed on a schedule, and transcribes new entries: each look that finds some creates a batch. ' +
      'The list is read right away; if the address is not a list, the request is refused. Entries that are already in the list are not transcribed, except for the first `backlog` of them.',
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
      'The result of the last look, the time of the next one, and the number of waiting entries. `blocked` says why they have not started.',
    replies: ok(subscriptionReply),
  },
  {
    ...subscriptions,
    method: 'patch',
    path: '/v1/subscriptions/{id}',
    summary: 'Change a subscription',
    description:
      'Changes the name, the schedule, or the options for entries that have not started, or pauses the subscription. Resuming it looks for new entries right away.',
    body: json(changeSubscriptionBody),
    replies: ok(subscriptionReply),
  },
  {
    ...subscriptions,
    method: 'delete',
    path: '/v1/subscriptions/{id}',
    summary: 'Delete a subscription',
    description:
      'It finds no more entries. Its batches and transcriptions stay, and those in progress go on.',
    replies: nothing,
  },
  {
    ...subscriptions,
    method: 'post',
    path: '/v1/subscriptions/{id}/look',
    summary: 'Look for new entries now',
    description:
      'Looks as soon as possible instead of at `nextLookAt`. A paused subscription stays paused, and is looked at once it is resumed.',
    replies: accepted(subscriptionReply),
  },
  {
    ...subscriptions,
    method: 'get',
    path: '/v1/subscriptions/{id}/entries',
    summary: 'List what a subscription has found',
    description:
      'Newest first, each with its batch, its transcription, its state, and why it failed. `skipped` counts the entries that were in the list before, which are not transcribed.',
    query: listEntriesQuery,
    replies: ok(listEntriesReply),
  },
]
