/** Wire schemas of comments on a passage: `/v1/transcriptions/{id}/comments`. Times of the recording: seconds. */
import { z } from 'zod'
import { LONGEST_SECONDS } from './native.ts'

export const LONGEST_COMMENT = 4_000
/** Of a longer passage, only its beginning is quoted. */
export const LONGEST_COMMENTED = 2_000
/** Replies count. */
export const MOST_COMMENTS = { transcription: 500, account: 20_000 }

const time = z.number().min(0).max(LONGEST_SECONDS)
const text = z.string().trim().min(1).max(LONGEST_COMMENT)

/** `POST /v1/transcriptions/{id}/comments`. */
export const createCommentBody = z
  .strictObject({
    start: time.describe('Where the passage begins.'),
    end: time,
    quote: z
      .string()
      .trim()
      .max(LONGEST_COMMENTED)
      .default('')
      .describe('The words of the passage, by which it is found again after an edit.'),
    text,
  })
  .refine(({ start, end }) => end >= start, {
    message: 'The passage must not end before it begins.',
    path: ['end'],
  })
export type CreateCommentBody = z.input<typeof createCommentBody>

/** `POST /v1/transcriptions/{id}/comments/{commentId}/replies`. */
export const replyToCommentBody = z.strictObject({ text })
export type ReplyToCommentBody = z.input<typeof replyToCommentBody>

/** `PATCH /v1/transcriptions/{id}/comments/{commentId}`. */
export const changeCommentBody = z
  .strictObject({
    text: text.optional().describe('Of your own comments and replies.'),
    resolved: z.boolean().optional().describe('True resolves the comment, false opens it again.'),
  })
  .refine((body) => body.text !== undefined || body.resolved !== undefined, {
    message: 'Send a text, or whether it is resolved.',
    path: ['text'],
  })
export type ChangeCommentBody = z.input<typeof changeCommentBody>

export const commentReply = z.object({
  id: z.string(),
  text: z.string(),
  author: z
    .string()
    .nullable()
    .describe('A person, or an API key by its name; null: no longer in the account.'),
  mine: z.boolean().describe('Whether you wrote it, and can edit it.'),
  deletable: z.boolean().describe('Whether you can delete it.'),
  createdAt: z.string(),
  editedAt: z.string().nullable(),
})
export type CommentReply = z.infer<typeof commentReply>

export const comment = commentReply.extend({
  start: z.number(),
  end: z.number(),
  quote: z.string().describe('As it was when the comment was written.'),
  resolvedAt: z.string().nullable().describe('Null: it is open.'),
  resolvedBy: z.string().nullable(),
  replies: z.array(commentReply).describe('Oldest first.'),
})
export type Comment = z.infer<typeof comment>

/** `GET /v1/transcriptions/{id}/comments`: all of them, in the order of the recording. */
export const listCommentsReply = z.object({ items: z.array(comment) })
export type ListCommentsReply = z.infer<typeof listCommentsReply>
