import { z } from 'zod'
import {
  batchReply,
  createBatchBody,
  deleteBatchReply,
  listBatchesQuery,
  listBatchesReply,
  listBatchItemsQuery,
  listBatchItemsReply,
  previewBatchReply,
} from '../../contract/batches.ts'
import { BYTES, json, type Operation, ok, TEXT } from './operation.ts'

const batches = { tag: 'Batches', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const batchOperations: Operation[] = [
  {
    ...batches,
    method: 'post',
    path: '/v1/batches',
    summary: 'Create a batch',
    description:
      'Takes up to 10,000 links or files, or the `url` of a playlist, a channel or a podcast’s feed, with wishes for all of them; an item’s own go before those. A batch that costs ' +
      'more than the account has is refused with 402. An item that cannot be begun when its turn comes fails; the others go on.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body begin it once.' },
    },
    body: json(createBatchBody),
    replies: {
      202: {
        description: 'Its items are begun in their order.',
        content: json(batchReply),
        headers: { Location: 'Where to ask for it.' },
      },
    },
  },
  {
    ...batches,
    method: 'post',
    path: '/v1/batches/preview',
    summary: 'Preview a batch',
    description:
      'Takes the body of `POST /v1/batches`, and answers what it would take and cost. Nothing is begun, and nothing is held.',
    body: json(createBatchBody),
    replies: ok(previewBatchReply),
  },
  {
    ...batches,
    method: 'get',
    path: '/v1/batches',
    summary: 'List batches',
    description: 'Newest first, with how many of their items are in each state.',
    query: listBatchesQuery,
    replies: ok(listBatchesReply),
  },
  {
    ...batches,
    method: 'get',
    path: '/v1/batches/{id}',
    summary: 'Get a batch, or its results',
    description:
      'How many of its items are in each state. With `.jsonl` after the id, a line of JSON for each item that has ended, with its transcript (`words=false`: ' +
      'without the times of words). With `.zip`, a file for each transcript; `format` says which kinds, separated by commas.',
    query: z.object({
      format: z.string().optional().describe('Of `.zip`: `txt,srt` and the like; `txt` unless said.'),
      words: z.enum(['true', 'false', '1', '0']).optional().describe('Of `.jsonl`: true unless said.'),
    }),
    replies: {
      200: {
        description: 'The batch.',
        content: { ...json(batchReply), 'application/jsonl': TEXT, 'application/zip': BYTES },
      },
    },
  },
  {
    ...batches,
    method: 'get',
    path: '/v1/batches/{id}/items',
    summary: 'List the items of a batch',
    description: 'In their order, each with its transcription’s id, and its error where it failed.',
    query: listBatchItemsQuery,
    replies: ok(listBatchItemsReply),
  },
  {
    ...batches,
    method: 'delete',
    path: '/v1/batches/{id}',
    summary: 'Cancel or delete a batch',
    description:
      'Cancels what has not ended: items under way end for nothing, the others never begin. A batch that has ended is removed; its transcriptions stay.',
    replies: ok(deleteBatchReply),
  },
]
