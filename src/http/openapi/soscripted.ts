import { z } from 'zod'
import { json, type Operation, TEXT } from './operation.ts'

const captionReply = z.object({
  ok: z.literal(true),
  caption: z.object({
    text: z.string(),
    segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
  }),
})

export const soscriptedOperations: Operation[] = [
  {
    method: 'post',
    path: '/api/public/transcribe',
    tag: 'SoScripted',
    summary: 'Transcribes a social-video link; answers when the text is there, or streams the way to it',
    description:
      'With `Accept: text/event-stream` it sends the events `progress` (`{stage, pct}`), `final` (as the JSON ' +
      'body) or `error` (`{error}`), and `done` (`{ok}`).',
    body: json(z.object({ url: z.string() })),
    replies: {
      200: {
        description: 'The transcript.',
        content: { ...json(captionReply), 'text/event-stream': TEXT },
      },
    },
    errors: 'SoScripted',
    security: ['bearer'],
  },
]
