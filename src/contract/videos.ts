/** Wire schemas of videos with burned-in subtitles: `/v1/transcriptions/{id}/video`. */
import { z } from 'zod'
import { LINE_LENGTH } from './formats.ts'

export const SUBTITLE_SIZES = ['small', 'medium', 'large'] as const
export const SUBTITLE_POSITIONS = ['bottom', 'top'] as const

/** How long a finished video is kept, days. */
export const VIDEO_DAYS = 7

export const videoOptions = z.strictObject({
  lineLength: z
    .number()
    .int()
    .min(LINE_LENGTH.least)
    .max(LINE_LENGTH.most)
    .default(LINE_LENGTH.usual)
    .describe(
      'Characters per line. Chinese, Japanese, Korean and Thai get fewer, and so does a picture that is too narrow for them.',
    ),
  lines: z.number().int().min(1).max(2).default(2).describe('Lines shown at a time.'),
  speakers: z.boolean().default(true).describe('Whether to show the names of the speakers.'),
  size: z.enum(SUBTITLE_SIZES).default('medium').describe('Size of the letters.'),
  position: z.enum(SUBTITLE_POSITIONS).default('bottom').describe('Where the subtitles stand.'),
})
/** `POST /v1/transcriptions/{id}/video`. */
export type MakeVideoBody = z.input<typeof videoOptions>
export type VideoOptions = z.output<typeof videoOptions>

export const video = z.object({
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  pct: z.number().describe('How much of it is made, 0 to 100.'),
  options: videoOptions.describe('As asked for, with the defaults.'),
  version: z
    .number()
    .nullable()
    .describe('The version of the transcript that it shows; null until it succeeded.'),
  bytes: z.number().nullable().describe('Size of the file; null until it succeeded.'),
  url: z.string().nullable().describe('The file, an MP4, with Range; null until it succeeded.'),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  expiresAt: z.string().nullable().describe('When it is removed; null while it is being made.'),
})
export type Video = z.infer<typeof video>

/** `GET /v1/transcriptions/{id}/video`. */
export const videoReply = z.object({
  video: video.nullable().describe('The latest one; null: there is none, or it was removed.'),
  withoutFont: z
    .array(
      z.object({
        script: z.string().describe('ISO 15924, such as `Thai`; `Jpan` for Japanese as a whole.'),
        letters: z.string().describe('Those of the transcript, each once; at most 20.'),
      }),
    )
    .describe(
      'What of the transcript cannot be drawn, since the server has no font for it: a video would fail with `video.no_font`. Empty if nothing is known to be missing, and while a video is being made.',
    ),
})
export type VideoReply = z.infer<typeof videoReply>
