/** Wire schemas of links for readers: `/v1/transcriptions/{id}/shares`, and what they open, `/api/shared/{token}`. */
import { z } from 'zod'
import { transcript } from './native.ts'

/** `POST /v1/transcriptions/{id}/shares`. */
export const createShareBody = z.strictObject({
  expiresAt: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('When the link ends by itself; omitted: when it is revoked.'),
})

export const shareReply = z.object({
  id: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable().describe('Null: it works until it is revoked.'),
  lastOpenedAt: z.string().nullable(),
})
export type ShareReply = z.infer<typeof shareReply>

/** `url` and `token` are shown this once: only a hash is kept. */
export const createShareReply = shareReply.extend({ token: z.string(), url: z.string() })
export type CreateShareReply = z.infer<typeof createShareReply>

/** `GET /v1/transcriptions/{id}/shares`: those that work, the newest first. */
export const listSharesReply = z.object({ items: z.array(shareReply) })
export type ListSharesReply = z.infer<typeof listSharesReply>

/** `GET /api/shared/{token}`: what a reader sees, and nothing of whose it is. */
export const sharedReply = z.object({
  title: z.string().nullable(),
  language: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  modelUsed: z.string().nullable(),
  standIn: z.boolean().describe('True: a rough stand-in engine made it.'),
  reused: z.boolean().describe('True: an earlier transcription of the same link answered.'),
  createdAt: z.string(),
  transcript,
  media: z
    .object({ hasVideo: z.boolean() })
    .nullable()
    .describe('`/api/shared/{token}/media` streams it; null: there is none.'),
})
export type SharedReply = z.infer<typeof sharedReply>
