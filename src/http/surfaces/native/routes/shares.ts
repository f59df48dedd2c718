import type { FastifyInstance } from 'fastify'
import {
  type CreateShareReply,
  createShareBody,
  type ListSharesReply,
  type ShareReply,
} from '../../../../contract/shares.ts'
import { createShare } from '../../../../domain/shares/create.ts'
import { listShares } from '../../../../domain/shares/list.ts'
import { revokeShare } from '../../../../domain/shares/revoke.ts'
import type { ShareRow } from '../../../../domain/users/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { originOf } from '../../../origin.ts'
import { parse } from '../../../parse.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/transcriptions/{id}/shares`: links for readers who have no login. */
export function shares(app: FastifyInstance, deps: HttpDeps): void {
  app.post<ById>('/transcriptions/:id/shares', async (request, reply): Promise<CreateShareReply> => {
    const { expiresAt } = parse(createShareBody, request.body ?? {})
    const { token, share } = await createShare(deps, request.ctx, {
      transcriptionId: request.params.id,
      ...(expiresAt && { expiresAt: Date.parse(expiresAt) }),
    })
    void reply.code(201)
    return { ...present(share), token, url: new URL(`/shared/${token}`, originOf(deps.web, request)).href }
  })

  app.get<ById>('/transcriptions/:id/shares', async ({ ctx, params }): Promise<ListSharesReply> => {
    return { items: (await listShares(deps, ctx, params.id)).map(present) }
  })

  app.delete<{ Params: { id: string; shareId: string } }>(
    '/transcriptions/:id/shares/:shareId',
    async ({ ctx, params: { id, shareId } }, reply) => {
      await revokeShare(deps, ctx, { transcriptionId: id, shareId })
      return reply.code(204).send()
    },
  )
}

const present = ({ id, created_at, expires_at, last_opened_at }: ShareRow): ShareReply => ({
  id,
  createdAt: iso(created_at),
  expiresAt: isoOrNull(expires_at),
  lastOpenedAt: isoOrNull(last_opened_at),
})
