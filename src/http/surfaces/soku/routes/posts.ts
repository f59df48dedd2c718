import type { FastifyInstance } from 'fastify'
import { type PostStatusReply, type PostSubmissionReply, postBody } from '../../../../contract/soku.ts'
import { createPost } from '../../../../domain/posts/create.ts'
import { getPost } from '../../../../domain/posts/list.ts'
import { requirePostable } from '../../../../domain/posts/pictures.ts'
import type { WantedTarget } from '../../../../domain/posts/targets.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { postStatus } from '../present.ts'

/** `/v1/posts`: a text is posted to connected accounts, now or at its time. */
export function posts(app: FastifyInstance, deps: HttpDeps): void {
  const preHandler = [idempotent(deps), endpointLimit(deps, 'posts')]
  app.post('/posts', { preHandler }, async (request, reply) => {
    const { post, scheduledTime, enableRepurposing = false } = parse(postBody, request.body)
    const { content } = post
    const targets = [content.platform].flat().map(targetOf)
    requirePostable(
      content,
      targets.map(({ platform }) => platform),
    )
    const { text = '', platform: _, ...media } = content
    const asked = {
      text,
      targets,
      field: 'post.content.platform',
      scheduledAt: scheduledTime === undefined ? undefined : Date.parse(scheduledTime),
      extra: { ...media, enableRepurposing },
    }
    return executeOnce(deps, request, reply, async (made): Promise<PostSubmissionReply> => {
      return { postSubmissionId: made ?? (await createPost(deps, request.ctx, asked)).id }
    })
  })

  app.get<{ Params: { id: string } }>(
    '/posts/:id',
    async ({ ctx, params }): Promise<PostStatusReply> => postStatus(await getPost(deps, ctx, params.id)),
  )
}

const targetOf = (target: string | WantedTarget): WantedTarget =>
  typeof target === 'string' ? { platform: target } : target
