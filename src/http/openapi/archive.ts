import {
  binBody,
  binReply,
  listDeletionsQuery,
  listDeletionsReply,
  restoreBody,
  restoreReply,
  retention,
  retentionReply,
  tagBody,
  tagReply,
} from '../../contract/archive.ts'
import { json, type Operation, ok } from './operation.ts'

const archive = { tag: 'Archive', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

export const archiveOperations: Operation[] = [
  {
    ...archive,
    method: 'post',
    path: '/v1/transcriptions/tags',
    summary: 'Add and remove tags',
    description:
      'Of up to 500 transcriptions at once. Tags are compared without regard to capitals; each transcription has at most 20. Filter by one with `GET /v1/transcriptions?tag=`.',
    body: json(tagBody),
    replies: ok(tagReply),
  },
  {
    ...archive,
    method: 'post',
    path: '/v1/transcriptions/bin',
    summary: 'Put transcriptions into the bin',
    description:
      'They are no longer listed, found or shared, and can be restored until the days of `EARSHOT_BIN_DAYS` are over; then they are deleted for good. What is under way is cancelled, and stays listed.',
    body: json(binBody),
    replies: ok(binReply),
  },
  {
    ...archive,
    method: 'post',
    path: '/v1/transcriptions/restore',
    summary: 'Restore transcriptions from the bin',
    description: 'Their share links work again. Ids that are not in the bin are left out of the answer.',
    body: json(restoreBody),
    replies: ok(restoreReply),
  },
  {
    ...archive,
    method: 'get',
    path: '/v1/deletions',
    summary: 'List receipts of deletions',
    description:
      'What was deleted for good: title, length and dates, by whom and why, never the text. The latest first; receipts are kept for a year.',
    query: listDeletionsQuery,
    replies: ok(listDeletionsReply),
  },
  {
    ...archive,
    method: 'get',
    path: '/v1/retention',
    summary: 'Get the account’s retention rules',
    description: 'How long the account keeps transcripts and recordings, and who may delete them.',
    replies: ok(retentionReply),
  },
  {
    ...archive,
    method: 'put',
    path: '/v1/retention',
    summary: 'Replace the account’s retention rules',
    description:
      'The server’s own rules hold as well: an account can keep things for less time than those say, never for longer. What is already older is deleted within minutes.',
    body: json(retention),
    replies: ok(retentionReply),
  },
]
