import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type ListMediaReply, listMediaQuery, type MediaItem } from '../../../../contract/native.ts'
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
  const present = (request: FastifyRequest, row: MediaRow): MediaItem => ({
    mediaId: row.id,
    url: `${originOf(deps.web, request)}${app.prefix}/media/${row.id}/content`,
    filename: row.filename,
    contentType: row.content_type,
    bytes: row.bytes,
    durationSeconds: row.duration_ms / 1000,
    hasVideo: row.has_video === 1,
    createdAt: iso(row.created_at),
    expiresAt: isoOrNull(expiryOf(row, deps.policy)),
  })

  app.get('/media', async (request): Promise<ListMediaReply> => {
    const { items, nextCursor } = await listMedia(deps, request.ctx, parse(listMediaQuery, request.query))
    return { items: items.map((row) => present(request, row)), nextCursor }
  })
  app.get<ById>('/media/:id', async (request) =>
    present(request, await getMedia(deps, request.ctx.accountId, request.params.id)),
  )
  app.delete<ById>('/media/:id', async (request, reply) => {
    await removeMedia(deps, request.ctx, request.params.id)
    return reply.code(204).send()
  })
}
