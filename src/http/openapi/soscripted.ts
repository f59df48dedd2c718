import { z } from 'zod'
import {
  libraryItemQuery,
  libraryItemReply,
  libraryQuery,
  libraryReply,
  transcribeBody,
  transcribeReply,
} from '../../contract/soscripted.ts'
import { json, type Operation, ok, TEXT } from './operation.ts'

const common = { tag: 'SoScripted', errors: 'SoScripted', security: ['bearer'] } as const

export const soscriptedOperations: Operation[] = [
  {
    ...common,
    method: 'post',
    path: '/api/public/transcribe',
    summary: 'Transcribe a social video',
    description:
      'Answers when the text is there. With `Accept: text/event-stream` it sends the events `progress` (`{stage, pct}`), `final` (the same as the JSON body) or `error` (`{error}`), and `done` (`{ok}`).',
    body: json(transcribeBody),
    replies: {
      200: {
        description: 'The transcript.',
        content: { ...json(transcribeReply), 'text/event-stream': TEXT },
      },
    },
  },
  {
    ...common,
    method: 'get',
    path: '/api/public/library',
    summary: 'List the library',
    description:
      'The account’s finished transcripts, newest first, without their texts. `q` searches titles and texts.',
    query: libraryQuery,
    replies: ok(libraryReply),
  },
  {
    ...common,
    method: 'get',
    path: '/api/public/library/{id}',
    summary: 'Get a library entry',
    description: 'One transcript with its text, or with `format` only the text, as a file.',
    query: libraryItemQuery,
    replies: {
      200: {
        description: 'The transcript.',
        content: {
          ...json(libraryItemReply),
          'text/plain': TEXT,
          'application/x-subrip': TEXT,
          'text/vtt': TEXT,
        },
      },
    },
  },
  {
    ...common,
    method: 'delete',
    path: '/api/public/library/{id}',
    summary: 'Delete a library entry',
    description: 'Removes the transcript for good.',
    replies: ok(z.object({ ok: z.literal(true) })),
  },
]
