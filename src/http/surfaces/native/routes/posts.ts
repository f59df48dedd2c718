import type { FastifyInstance } from 'fastify'
import {
  type ListAttemptsReply,
  type ListPostsReply,
  listPostsQuery,
  type PostReply,
} from '../../../../contract/posts.ts'
import { cancelPost } from '../../../../domain/posts/cancel.ts'
import { getPost, listAttempts, listPosts, type PostWithDeliveries } from '../../../../domain/posts/list.ts'
import { retryPost } from '../../../../domain/posts/retry.ts'
import type { PostDeliveryRow } from '../../../../domain/posts/tables.ts'
import type { PublishedPost } from '../../../../ports/publisher.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/posts`: what was posted and what waits for its time. Soku's API makes one and shows one. */
export function posts(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/posts', async ({ ctx, query }): Promise<ListPostsReply> => {
    const { from, to, ...rest } = parse(listPostsQuery, query)
    const { items, nextCursor } = await listPosts(deps, ctx, { ...rest, from: msOf(from), to: msOf(to) })
    return { items: items.map(presentPost), nextCursor }
  })
  app.delete<ById>('/posts/:id', async ({ ctx, params }, reply) => {
    await cancelPost(deps, ctx, params.id)
    return reply.code(204).send()
  })
  app.post<ById>(
    '/posts/:id/retry',
    { preHandler: endpointLimit(deps, 'posts') },
    async ({ ctx, params }, reply) => {
      await retryPost(deps, ctx, params.id)
      return reply.code(202).send(presentPost(await getPost(deps, ctx, params.id)))
    },
  )
  app.get<ById>(
    '/posts/:id/attempts',
    async ({ ctx, params }): Promise<ListAttemptsReply> => ({
      items: (await listAttempts(deps, ctx, params.id)).map(({ delivery, attempt }) => ({
        platform: delivery.platform,
        handle: delivery.handle,
        index: attempt.idx,
        outcome: attempt.ended_at === null ? 'unknown' : attempt.error === null ? 'published' : 'failed',
        error: attempt.error,
        beganAt: iso(attempt.begun_at),
        endedAt: isoOrNull(attempt.ended_at),
      })),
    }),
  )
}

const msOf = (time: string | undefined): number | undefined =>
  time === undefined ? undefined : Date.parse(time)

export const presentPost = ({ post, deliveries }: PostWithDeliveries): PostReply => ({
  id: post.id,
  transcriptionId: post.transcription_id,
  text: post.text,
  state: post.state,
  scheduledTime: iso(post.scheduled_at),
  createdAt: iso(post.created_at),
  endedAt: isoOrNull(post.ended_at),
  platforms: deliveries.map(presentDelivery),
})

function presentDelivery(row: PostDeliveryRow): PostReply['platforms'][number] {
  const published = JSON.parse(row.published) as PublishedPost[]
  return {
    platform: row.platform,
    accountId: row.post_account_id,
    handle: row.handle,
    state: row.state,
    posts: (JSON.parse(row.thread) as string[]).length,
    published: published.length,
    publicUrl: published[0]?.url ?? null,
    attempts: row.attempts,
    nextAttemptAt: isoOrNull(row.next_at),
    error: row.last_error,
  }
}
