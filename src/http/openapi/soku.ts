import { importMediaBody } from '../../contract/native.ts'
import { mediaReply, transcribeBody, transcribeReply } from '../../contract/soku.ts'
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
    summary: 'Transcribes a file of the media library; answers when the text is there',
    headers: once,
    body: json(transcribeBody),
    replies: ok(transcribeReply, 'The transcript.'),
  },
  {
    ...common,
    method: 'post',
    path: '/v1/media',
    summary: 'Adds a file to the media library, from an address or from the request',
    description: 'Larger files are better sent in pieces: see `/v1/uploads`.',
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
]
