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
    summary: 'Transcribes a social-video link; answers when the text is there, or streams the way to it',
    description:
      'With `Accept: text/event-stream` it sends the events `progress` (`{stage, pct}`), `final` (as the JSON ' +
      'body) or `error` (`{error}`), and `done` (`{ok}`).',
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
    summary: 'The account’s finished transcripts, the newest first',
    query: libraryQuery,
    replies: ok(libraryReply),
  },
  {
    ...common,
    method: 'get',
    path: '/api/public/library/{id}',
    summary: 'One transcript, or its text as a file',
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
    summary: 'Removes a transcript',
    replies: ok(z.object({ ok: z.literal(true) })),
  },
]
