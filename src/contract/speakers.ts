/** Wire schemas of telling the speakers of a transcript apart anew: `/v1/transcriptions/{id}/speakers`. */
import { z } from 'zod'

export const MOST_SPEAKERS = 50

/** `POST /v1/transcriptions/{id}/speakers`. */
export const tellSpeakersBody = z.strictObject({
  speakers: z
    .union([z.number().int().min(1).max(MOST_SPEAKERS), z.literal('auto')])
    .default('auto')
    .describe('How many people speak, at most; `auto`: as many as sound unlike each other.'),
})
export type TellSpeakersBody = z.input<typeof tellSpeakersBody>

export const speakerRun = z.object({
  state: z.enum(['queued', 'running', 'succeeded', 'failed']),
  pct: z.number().describe('How much of the recording has been listened to, 0 to 100.'),
  speakers: z.union([z.number(), z.literal('auto')]).describe('As asked for.'),
  found: z.number().nullable().describe('How many people were told apart; null until it succeeded.'),
  version: z
    .number()
    .nullable()
    .describe(
      'The version of the transcript that it led to; null until it succeeded, or if nothing changed.',
    ),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})
export type SpeakerRun = z.infer<typeof speakerRun>

/** `GET /v1/transcriptions/{id}/speakers`. */
export const speakersReply = z.object({
  run: speakerRun.nullable().describe('The latest run; null: nobody has asked for one.'),
})
export type SpeakersReply = z.infer<typeof speakersReply>
