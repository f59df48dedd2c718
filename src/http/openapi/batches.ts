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
import { flag } from '../../contract/flag.ts'
import { BYTES, json, type Operation, ok, TEXT } from './operation.ts'

const batches = { tag: 'Batches', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const batchOperations: Operation[] = [
  {
    ...batches,
    method: 'post',
    path: '/v1/batches',
    summary: 'Create a batch',
    description:
      'Takes up to 10,000 links or files, or the `url` of a playlist, a channel or a podcast’s feed, with options for all of them; an item’s own options take precedence. A batch that costs ' +
      'more than the account has is refused with 402. An item that cannot start when its turn comes fails; the others go on.',
    headers: {
      'Idempotency-Key': { description: 'At most 255 characters. The same key and body create one batch.' },
    },
    body: json(createBatchBody),
    replies: {
      202: {
        description: 'Created. Its items start in order.',
        content: json(batchReply),
        headers: { Location: 'The address of the batch.' },
      },
    },
  },
  {
    ...batches,
    method: 'post',
    path: '/v1/batches/preview',
    summary: 'Preview a batch',
    description:
      'Takes the body of `POST /v1/batches`, and returns its items and what they would cost. Nothing is started, and no credits are held.',
    body: json(createBatchBody),
    replies: ok(previewBatchReply),
  },
  {
    ...batches,
    method: 'get',
    path: '/v1/batches',
    summary: 'List batches',
    description: 'Newest first, with the number of items in each state.',
    query: listBatchesQuery,
    replies: ok(listBatchesReply),
  },
  {
    ...batches,
    method: 'get',
    path: '/v1/batches/{id}',
    summary: 'Get a batch, or its results',
    description:
      'The number of items in each state. With `.jsonl` after the id, a line of JSON for each item that has ended, with its transcript (`words=false`: ' +
      'without the times of words). With `.zip`, a file for each transcript in each `format`; separate several by commas.',
    query: z.object({
      format: z.string().optional().describe('For `.zip`: for example `txt,srt`; default `txt`.'),
      words: flag.optional().describe('For `.jsonl`; default true.'),
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
    description: 'In order, each with the id of its transcription, and its error if it failed.',
    query: listBatchItemsQuery,
    replies: ok(listBatchItemsReply),
  },
  {
    ...batches,
    method: 'delete',
    path: '/v1/batches/{id}',
    summary: 'Cancel or delete a batch',
    description:
      'Cancels a running batch: items in progress end and cost nothing, the others never start. Removes a batch that has ended; its transcriptions stay.',
    replies: ok(deleteBatchReply),
  },
]
