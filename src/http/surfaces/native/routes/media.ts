import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Retention } from '../../../../contract/archive.ts'
import { type ListMediaReply, listMediaQuery, type MediaItem } from '../../../../contract/native.ts'
import { readRetention } from '../../../../domain/archive/retention.ts'
import { getMedia } from '../../../../domain/media/get.ts'
import { listMedia } from '../../../../domain/media/list.ts'
import { removeMedia } from '../../../../domain/media/remove.ts'
import { expiryOf } from '../../../../domain/media/sweep.ts'
import type { MediaRow } from '../../../../domain/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { originOf } from '../../../origin.ts'
import { parse } from '../../../parse.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/media`: the account's files. Uploading is Soku's `POST /v1/media`, or tus. */
export function media(app: FastifyInstance, deps: HttpDeps): void {
  const present = (request: FastifyRequest, row: MediaRow, rules: Retention): MediaItem => ({
    mediaId: row.id,
    url: `${originOf(deps.web, request)}${app.prefix}/media/${row.id}/content`,
    filename: row.filename,
    contentType: row.content_type,
    bytes: row.bytes,
    durationSeconds: row.duration_ms / 1000,
    hasVideo: row.has_video === 1,
    createdAt: iso(row.created_at),
    expiresAt: isoOrNull(expiryOf(row, deps.policy, rules)),
  })

  app.get('/media', async (request): Promise<ListMediaReply> => {
    const { items, nextCursor } = await listMedia(deps, request.ctx, parse(listMediaQuery, request.query))
    const rules = await readRetention(deps.db, request.ctx.accountId)
    return { items: items.map((row) => present(request, row, rules)), nextCursor }
  })
  app.get<ById>('/media/:id', async (request) => {
    const { accountId } = request.ctx
    const row = await getMedia(deps, accountId, request.params.id)
    return present(request, row, await readRetention(deps.db, accountId))
  })
  app.delete<ById>('/media/:id', async (request, reply) => {
    await removeMedia(deps, request.ctx, request.params.id)
    return reply.code(204).send()
  })
}
