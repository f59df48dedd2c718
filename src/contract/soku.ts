/** Wire schemas of Soku's API (https://help.mysoku.io: Transcription API, Media API). */
import { z } from 'zod'
import { language } from './language.ts'
import { LONGEST_SECONDS } from './native.ts'

export const transcribeBody = z.strictObject({
  /** A file of the caller's own media library. */
  mediaId: z.string().min(1).max(100),
  /** Omitted: detected. */
  language: language.optional(),
  /** `whisper-1`, or the name of an installed model. */
  model: z.string().min(1).max(100).optional(),
  /** Seconds. */
  durationSeconds: z.number().positive().max(LONGEST_SECONDS).optional(),
})

export const transcribeReply = z.object({
  jobId: z.string(),
  transcript: z.string(),
  creditsDebited: z.number(),
  likelyLyrics: z.boolean(),
  /** Not Soku's. Only where it is so: a rough stand-in engine made it. */
  standIn: z.literal(true).optional(),
})
export type TranscribeReply = z.infer<typeof transcribeReply>

export const mediaReply = z.object({
  mediaId: z.string(),
  url: z.string(),
  filename: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  /** Seconds. */
  durationSeconds: z.number(),
  createdAt: z.string(),
})
export type MediaReply = z.infer<typeof mediaReply>
