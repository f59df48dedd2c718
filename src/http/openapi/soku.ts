import { importMediaBody } from '../../contract/native.ts'
import {
  mediaReply,
  postBody,
  postStatusReply,
  postSubmissionReply,
  transcribeBody,
  transcribeReply,
} from '../../contract/soku.ts'
import { created, json, type Operation, ok } from './operation.ts'

const common = { tag: 'Soku', errors: 'Soku', security: ['sokuApiKey'] } as const

const once = {
  'Idempotency-Key': {
    description: 'At most 255 characters. The same key and body are executed, and charged, once.',
  },
}

export const sokuOperations: Operation[] = [
  {
    ...common,
    method: 'post',
    path: '/v1/ai/transcribe',
    summary: 'Transcribe a media file and wait',
    description:
      'Answers when the text is there, at most `EARSHOT_REQUEST_TIMEOUT` seconds later. A client that disconnects loses the answer, not the work: repeat the request with the same `Idempotency-Key`. For long recordings use `POST /v1/transcriptions`.',
    headers: once,
    body: json(transcribeBody),
    replies: ok(transcribeReply, 'The transcript.'),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/media',
    summary: 'Add a media file',
    description:
      'Adds a file to the media library, from the request (multipart field `file`) or from an address (`url`). The same bytes are stored once for each account. Send large files in pieces: see `/v1/uploads`.',
    headers: once,
    body: {
      ...json(importMediaBody),
      'multipart/form-data': {
        json: {
          type: 'object',
          properties: { file: { type: 'string', format: 'binary' } },
          required: ['file'],
        },
      },
    },
    replies: created(mediaReply),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/posts',
    summary: 'Post a text to connected accounts',
    description:
      'Now or at `scheduledTime`, to `mastodon`, `bluesky` and `webhook`. A text that is too long for a platform becomes a thread there.',
    headers: once,
    body: json(postBody),
    replies: ok(postSubmissionReply, 'Accepted: it is published in the background.'),
  },
  {
    ...common,
    method: 'get',
    path: '/v1/posts/{id}',
    summary: 'Get the status of a post',
    description: 'Whether it is in progress, published or failed: in all, and on each of its platforms.',
    replies: ok(postStatusReply),
  },
]
