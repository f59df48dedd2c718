import { create as disposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../../domain/errors.ts'
import { getMedia } from '../../../../domain/media/get.ts'
import type { MediaRow } from '../../../../domain/tables.ts'
import { MediaMissing } from '../../../../ports/media-store.ts'
import { byteRange } from '../../../byte-range.ts'
import type { HttpDeps } from '../../../context.ts'
import type { NativeOptions } from '../index.ts'

/** Only what a player plays is shown in place; anything else is a download. */
const PLAYABLE = /^(audio|video)\/[\w.+-]+$/

/** `GET /v1/media/{id}/content`: the stored file, for players that jump about in it. */
export function mediaContent(app: FastifyInstance, deps: HttpDeps, { streams }: NativeOptions): void {
  app.route<{ Params: { id: string } }>({
    method: ['GET', 'HEAD'],
    url: '/media/:id/content',
    handler: async (request, reply) => {
      const media = await getMedia(deps, request.ctx.accountId, request.params.id)
      const etag = `"${media.sha256}"`
      describe(reply, media, etag)
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      // A player that has paused holds its connection open for as long as it likes.
      streams.track(reply.raw)
      return sendBytes(deps, request, reply, media, etag)
    },
  })
}

function describe(reply: FastifyReply, { content_type, filename }: MediaRow, etag: string): void {
  const playable = PLAYABLE.test(content_type)
  reply.headers({
    'content-type': playable ? content_type : 'application/octet-stream',
    'content-disposition': disposition(filename, { type: playable ? 'inline' : 'attachment' }),
    'accept-ranges': 'bytes',
    etag,
    // Bytes from outside: never a page, never a script.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=3600',
  })
}

async function sendBytes(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, storage_key }: MediaRow,
  etag: string,
): Promise<FastifyReply> {
  const { range, 'if-range': ifRange } = request.headers
  const wanted = byteRange(ifRange === undefined || ifRange === etag ? range : undefined, bytes)
  if (wanted.kind === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${bytes}`).header('content-length', 0).send()
  const part = wanted.kind === 'part' ? wanted : undefined
  if (part) reply.code(206).header('content-range', `bytes ${part.start}-${part.end}/${bytes}`)
  reply.header('content-length', part ? part.end - part.start + 1 : bytes)
  if (request.method === 'HEAD') return reply.send()
  return reply.send(await deps.media.open(storage_key, part).catch(missing))
}

function missing(cause: unknown): never {
  if (cause instanceof MediaMissing)
    throw new DomainError('media.missing', 'The media file is no longer stored.', {}, { cause })
  throw cause
}
