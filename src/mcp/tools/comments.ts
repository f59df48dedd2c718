import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import {
  type Comment,
  type CommentReply,
  comment,
  createCommentBody,
  type ListCommentsReply,
} from '../../contract/comments.ts'
import { type Api, askJson } from '../api.ts'
import { clock, text } from '../present.ts'

const commentsAt = (id: string): string => `/transcriptions/${encodeURIComponent(id)}/comments`

/** `get_comments`: what people and programs of the account have remarked on a transcript's passages. */
export function commentsTool(server: McpServer, api: Api): void {
  server.registerTool(
    'get_comments',
    {
      title: 'Read the comments',
      description:
        'The comments on passages of a transcript with their replies, in the order of the recording, open and resolved.',
      inputSchema: { id: z.string() },
      outputSchema: { items: z.array(comment) },
      annotations: { readOnlyHint: true },
    },
    async ({ id }, { signal }) => {
      const { items } = await askJson<ListCommentsReply>(api, 'GET', commentsAt(id), { signal })
      return {
        content: [text(items.map(readable).join('\n\n') || 'There are no comments.')],
        structuredContent: { items },
      }
    },
  )
}

const { start, end, quote, text: remark } = createCommentBody.shape

/** `comment`: a remark on a passage, or a reply. */
export function commentTool(server: McpServer, api: Api): void {
  server.registerTool(
    'comment',
    {
      title: 'Comment on a passage',
      description:
        'Comments on a passage of a transcript, between two seconds as get_transcript or quote say them, for everybody ' +
        'in the account to see. With replyTo: replies to a comment instead.',
      inputSchema: {
        id: z.string().describe('Of the transcription.'),
        start: start.optional(),
        end: end.optional(),
        quote,
        text: remark,
        replyTo: z.string().optional().describe('The id of a comment, as get_comments says it.'),
      },
      outputSchema: { comment },
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    async ({ id, replyTo, ...body }, { signal }) => {
      const [path, sent] =
        replyTo === undefined
          ? [commentsAt(id), body]
          : [`${commentsAt(id)}/${encodeURIComponent(replyTo)}/replies`, { text: body.text }]
      const written = await askJson<Comment>(api, 'POST', path, { body: sent, signal })
      return { content: [text(readable(written))], structuredContent: { comment: written } }
    },
  )
}

const readable = (each: Comment): string =>
  [
    `[${clock(each.start)}–${clock(each.end)}] ${each.quote === '' ? '' : `“${each.quote}” `}(${each.id}${each.resolvedAt === null ? '' : ', resolved'})`,
    ...[each, ...each.replies].map(said),
  ].join('\n')

const said = ({ author, text }: CommentReply): string => `  ${author ?? 'Somebody'}: ${text}`
