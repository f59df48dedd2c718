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
      'On up to 500 transcriptions at once. Tags that differ only in case are the same tag; a transcription has at most 20. `GET /v1/transcriptions?tag=` lists the transcriptions that have a tag.',
    body: json(tagBody),
    replies: ok(tagReply),
  },
  {
    ...archive,
    method: 'post',
    path: '/v1/transcriptions/bin',
    summary: 'Put transcriptions into the bin',
    description:
      'They are no longer listed, searched or shared, and can be restored for `EARSHOT_BIN_DAYS` days; then they are deleted for good. Transcriptions that are queued or running are cancelled instead, and stay listed.',
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
      'A receipt for each transcription that was deleted for good: title, length and dates, who deleted it and why, but not the text. Latest first; receipts are kept for a year.',
    query: listDeletionsQuery,
    replies: ok(listDeletionsReply),
  },
  {
    ...archive,
    method: 'get',
    path: '/v1/retention',
    summary: 'Get the account’s retention rules',
    description:
      'How long the account keeps transcripts and recordings, and whether members may delete what others started.',
    replies: ok(retentionReply),
  },
  {
    ...archive,
    method: 'put',
    path: '/v1/retention',
    summary: 'Replace the account’s retention rules',
    description:
      'The server’s rules apply as well: an account can keep things for a shorter time than the server, but not for longer. Anything that is already older is deleted within minutes.',
    body: json(retention),
    replies: ok(retentionReply),
  },
]
