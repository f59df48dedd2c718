import {
  changeCommentBody,
  comment,
  createCommentBody,
  listCommentsReply,
  replyToCommentBody,
} from '../../contract/comments.ts'
import { created, json, nothing, type Operation, ok } from './operation.ts'

const comments = { tag: 'Comments', errors: 'Soku', security: ['bearer', 'sokuApiKey'] } as const

const headers = {
  'Idempotency-Key': { description: 'At most 255 characters. The same key and body make it once.' },
}

export const commentOperations: Operation[] = [
  {
    ...comments,
    method: 'post',
    path: '/v1/transcriptions/{id}/comments',
    summary: 'Comment on a passage',
    description:
      'Everybody in the account sees it; readers of a share link do not. The passage is its time in the recording and its words (`quote`).',
    headers,
    body: json(createCommentBody),
    replies: created(comment),
  },
  {
    ...comments,
    method: 'get',
    path: '/v1/transcriptions/{id}/comments',
    summary: 'List comments',
    description: 'All comments with their replies, open and resolved, in the order of the recording.',
    replies: ok(listCommentsReply),
  },
  {
    ...comments,
    method: 'post',
    path: '/v1/transcriptions/{id}/comments/{commentId}/replies',
    summary: 'Reply to a comment',
    description:
      'Opens the comment again if it was resolved. The answer is the comment with all its replies.',
    headers,
    body: json(replyToCommentBody),
    replies: created(comment),
  },
  {
    ...comments,
    method: 'patch',
    path: '/v1/transcriptions/{id}/comments/{commentId}',
    summary: 'Edit, resolve or reopen a comment',
    description:
      'Only the author can change the `text` of a comment or a reply. Everybody in the account can resolve a comment or open it again.',
    body: json(changeCommentBody),
    replies: ok(comment),
  },
  {
    ...comments,
    method: 'delete',
    path: '/v1/transcriptions/{id}/comments/{commentId}',
    summary: 'Delete a comment',
    description: 'With its replies, or one reply. Members delete their own; owners and API keys delete any.',
    replies: nothing,
  },
]
