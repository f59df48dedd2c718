/** Wire schemas of Soku's API (https://help.mysoku.io: Transcription API, Media API). */
import { z } from 'zod'
import { language } from './language.ts'
import { LONGEST_SECONDS } from './native.ts'

/** Typed clients send null for what they leave out. */
const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().transform((value) => value ?? undefined)

export const transcribeBody = z.strictObject({
  mediaId: z.string().min(1).max(100).describe("A file of the caller's own media library."),
  language: language.optional().describe('Omitted: detected.'),
  model: orNull(z.string().min(1).max(100))
    .optional()
    .describe('`whisper-1`, or the name of an installed model.'),
  durationSeconds: orNull(z.number().positive().max(LONGEST_SECONDS)).optional().describe('Seconds.'),
})

export const transcribeReply = z.object({
  jobId: z.string(),
  transcript: z.string(),
  creditsDebited: z.number(),
  likelyLyrics: z.boolean(),
  standIn: z
    .literal(true)
    .optional()
    .describe("Not Soku's. Only where it is so: a rough stand-in engine made it."),
})
export type TranscribeReply = z.infer<typeof transcribeReply>

export const mediaReply = z.object({
  mediaId: z.string(),
  url: z.string(),
  filename: z.string(),
  contentType: z.string(),
  bytes: z.number(),
  durationSeconds: z.number().describe('Seconds.'),
  createdAt: z.string(),
})
export type MediaReply = z.infer<typeof mediaReply>

const urls = z.array(z.url({ protocol: /^https?$/ }).max(2000)).max(20)
const target = z.union([
  z.string().min(1).max(50),
  z.strictObject({
    platform: z.string().min(1).max(50),
    /** Required where several accounts of the platform are connected. */
    accountId: z.string().min(1).max(100).optional(),
  }),
])

/** `POST /v1/posts` */
export const postBody = z.strictObject({
  post: z.strictObject({
    content: z.strictObject({
      text: z.string().max(60_000).optional(),
      mediaType: z.enum(['video', 'image', 'text']).optional(),
      mediaUrls: urls.optional(),
      videoUrl: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .optional(),
      imageUrls: urls.optional(),
      platform: z.union([target, z.array(target).min(1).max(20)]),
    }),
  }),
  /** ISO 8601, at least one minute ahead. Omitted: now. */
  scheduledTime: z.iso.datetime({ offset: true }).optional(),
  enableRepurposing: z.boolean().optional(),
  trial_reel: z.boolean().optional(),
})

export const postSubmissionReply = z.object({ postSubmissionId: z.string() })
export type PostSubmissionReply = z.infer<typeof postSubmissionReply>

/** `GET /v1/posts/{id}` */
export const postStatusReply = z.object({
  postSubmissionId: z.string(),
  /** `published` once it is on every platform; `failed` once it cannot be on one of them. */
  status: z.enum(['in-progress', 'published', 'failed']),
  /** Of the first platform. A webhook may have none. */
  publicUrl: z.string().optional(),
  errorMessage: z.string().optional(),
  /** Not Soku's: each platform by itself. */
  platforms: z.array(
    z.object({
      platform: z.string(),
      accountId: z.string(),
      status: z.enum(['in-progress', 'published', 'failed']),
      publicUrl: z.string().optional(),
      errorMessage: z.string().optional(),
    }),
  ),
})
export type PostStatusReply = z.infer<typeof postStatusReply>
