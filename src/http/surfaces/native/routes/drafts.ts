import type { FastifyInstance } from 'fastify'
import {
  changeDraftBody,
  createDraftBody,
  type DraftReply,
  draftTranscriptBody,
  type ListDraftsReply,
  publishDraftBody,
} from '../../../../contract/posts.ts'
import { listPostAccounts } from '../../../../domain/posts/accounts.ts'
import {
  changeDraft,
  createDraft,
  draftTranscript,
  getDraft,
  listDrafts,
  publishDraft,
  removeDraft,
} from '../../../../domain/posts/drafts.ts'
import { getPost } from '../../../../domain/posts/list.ts'
import type { PostAccountRow, PostDraftRow } from '../../../../domain/posts/tables.ts'
import { limitsOf, strictest } from '../../../../domain/posts/targets.ts'
import { postLength } from '../../../../domain/posts/thread.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { iso } from '../present.ts'
import { presentPost } from './posts.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/drafts`: threads that are written, cut or changed before they are posted. */
export function drafts(app: FastifyInstance, deps: HttpDeps): void {
  const accounts = listPostAccounts.bind(null, deps)
  const once = idempotent(deps)
  app.post<ById>('/transcriptions/:id/drafts', { preHandler: once }, (request, reply) =>
    executeOnce(deps, request, reply, async (made) => {
      const { ctx, params, body } = request
      const draft =
        made === null
          ? await draftTranscript(deps, ctx, params.id, parse(draftTranscriptBody, body))
          : await getDraft(deps, ctx, made)
      void reply.code(201)
      return presentDraft(draft, await accounts(ctx))
    }),
  )
  app.post('/drafts', { preHandler: once }, (request, reply) =>
    executeOnce(deps, request, reply, async (made) => {
      const { ctx, body } = request
      const draft =
        made === null
          ? await createDraft(deps, ctx, parse(createDraftBody, body))
          : await getDraft(deps, ctx, made)
      void reply.code(201)
      return presentDraft(draft, await accounts(ctx))
    }),
  )
  app.get('/drafts', async ({ ctx }): Promise<ListDraftsReply> => {
    const connected = await accounts(ctx)
    return { items: (await listDrafts(deps, ctx)).map((row) => presentDraft(row, connected)) }
  })
  app.get<ById>('/drafts/:id', async ({ ctx, params }) =>
    presentDraft(await getDraft(deps, ctx, params.id), await accounts(ctx)),
  )
  app.patch<ById>('/drafts/:id', async ({ ctx, params, body }) =>
    presentDraft(await changeDraft(deps, ctx, params.id, parse(changeDraftBody, body)), await accounts(ctx)),
  )
  app.delete<ById>('/drafts/:id', async ({ ctx, params }, reply) => {
    await removeDraft(deps, ctx, params.id)
    return reply.code(204).send()
  })

  const preHandler = [once, endpointLimit(deps, 'posts')]
  app.post<ById>('/drafts/:id/publish', { preHandler }, async (request, reply) => {
    const { scheduledTime } = parse(publishDraftBody, request.body)
    const scheduledAt = scheduledTime === undefined ? undefined : Date.parse(scheduledTime)
    return executeOnce(deps, request, reply, async (made) => {
      const id = made ?? (await publishDraft(deps, request.ctx, request.params.id, { scheduledAt })).id
      reply.code(202)
      return presentPost(await getPost(deps, request.ctx, id))
    })
  })
}

function presentDraft(row: PostDraftRow, connected: readonly PostAccountRow[]): DraftReply {
  const accountIds = JSON.parse(row.post_account_ids) as string[]
  const thread = JSON.parse(row.thread) as string[]
  const there = connected.filter(({ id }) => accountIds.includes(id))
  const limits = there.length === 0 ? undefined : strictest(there.map(limitsOf))
  return {
    id: row.id,
    transcriptionId: row.transcription_id,
    accountIds,
    thread,
    lengths: thread.map((post) => postLength(post, limits)),
    characterLimit: limits?.graphemes ?? null,
    accounts: there.map((account) => {
      const own = limitsOf(account)
      return {
        accountId: account.id,
        characterLimit: own.graphemes,
        lengths: thread.map((post) => postLength(post, own)),
      }
    }),
    createdAt: iso(row.created_at),
    updatedAt: iso(row.updated_at),
  }
}
