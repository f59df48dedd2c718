import type { FastifyInstance } from 'fastify'
import {
  type Comment,
  type CommentReply,
  changeCommentBody,
  createCommentBody,
  type ListCommentsReply,
  replyToCommentBody,
} from '../../../../contract/comments.ts'
import { addComment, replyTo } from '../../../../domain/comments/add.ts'
import { changeComment, removeComment } from '../../../../domain/comments/change.ts'
import { listComments, type ReadComment, type Thread } from '../../../../domain/comments/list.ts'
import { noComment } from '../../../../domain/comments/own-comment.ts'
import type { Ctx } from '../../../../domain/context.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}
interface ByComment {
  Params: { id: string; commentId: string }
}

/** `/v1/transcriptions/{id}/comments`: comments on passages. Every change answers with the comment as it is then. */
export function comments(app: FastifyInstance, deps: HttpDeps): void {
  const of = async (ctx: Ctx, transcriptionId: string, commentId: string): Promise<Comment> => {
    const all = await listComments(deps, ctx, transcriptionId)
    const found = all.find(
      ({ id, replies }) => id === commentId || replies.some((reply) => reply.id === commentId),
    )
    // Deleted by somebody else since.
    if (!found) throw noComment(commentId)
    return present(found)
  }

  app.get<ById>('/transcriptions/:id/comments', async ({ ctx, params }): Promise<ListCommentsReply> => {
    return { items: (await listComments(deps, ctx, params.id)).map(present) }
  })

  const preHandler = [idempotent(deps)]
  app.post<ById>('/transcriptions/:id/comments', { preHandler }, async (request, reply) => {
    const { ctx, params, body } = request
    const wanted = { ...parse(createCommentBody, body), transcriptionId: params.id }
    return executeOnce(deps, request, reply, async (made) => {
      const id = made ?? (await addComment(deps, ctx, wanted))
      void reply.code(201)
      return of(ctx, params.id, id)
    })
  })

  app.post<ByComment>(
    '/transcriptions/:id/comments/:commentId/replies',
    { preHandler },
    async (request, reply) => {
      const { ctx, params, body } = request
      const { text } = parse(replyToCommentBody, body)
      return executeOnce(deps, request, reply, async (made) => {
        const id = made ?? (await replyTo(deps, ctx, { ...which(params), text }))
        void reply.code(201)
        return of(ctx, params.id, id)
      })
    },
  )

  app.patch<ByComment>('/transcriptions/:id/comments/:commentId', async ({ ctx, params, body }) => {
    await changeComment(deps, ctx, which(params), parse(changeCommentBody, body))
    return of(ctx, params.id, params.commentId)
  })

  app.delete<ByComment>('/transcriptions/:id/comments/:commentId', async ({ ctx, params }, reply) => {
    await removeComment(deps, ctx, which(params))
    return reply.code(204).send()
  })
}

const which = ({ id, commentId }: ByComment['Params']) => ({ transcriptionId: id, commentId })

const present = (thread: Thread): Comment => ({
  ...presentReply(thread),
  start: (thread.start_ms ?? 0) / 1000,
  end: (thread.end_ms ?? 0) / 1000,
  quote: thread.quote ?? '',
  resolvedAt: isoOrNull(thread.resolved_at),
  resolvedBy: thread.resolverName,
  replies: thread.replies.map(presentReply),
})

const presentReply = (row: ReadComment): CommentReply => ({
  id: row.id,
  text: row.text,
  author: row.authorName,
  mine: row.mine,
  deletable: row.deletable,
  createdAt: iso(row.created_at),
  editedAt: isoOrNull(row.edited_at),
})
