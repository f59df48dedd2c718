import { create as disposition } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { MediaRow } from '../domain/tables.ts'
import { MediaMissing } from '../ports/media-store.ts'
import { byteRange } from './byte-range.ts'
import type { HttpDeps } from './context.ts'
import { isKnown } from './etag.ts'
import type { EventStreams } from './sse.ts'

/** Only what a player plays is shown in place; anything else is a download. */
const PLAYABLE = /^(audio|video)\/[\w.+-]+$/

/** `attachment`: a file to keep, also where a player could play it. */
type StoredFile = Pick<MediaRow, 'content_type' | 'filename' | 'bytes' | 'storage_key' | 'sha256'> & {
  attachment?: boolean
}

/** A stored file, for players that jump about in it. */
export async function sendMedia(
  deps: HttpDeps & { streams: EventStreams },
  request: FastifyRequest,
  reply: FastifyReply,
  media: StoredFile,
): Promise<FastifyReply> {
  const etag = `"${media.sha256}"`
  describe(reply, media, etag)
  if (isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send()
  // A player that has paused holds its connection open for as long as it likes.
  deps.streams.track(reply.raw)
  return sendBytes(deps, request, reply, media, etag)
}

function describe(
  reply: FastifyReply,
  { content_type, filename, attachment }: StoredFile,
  etag: string,
): void {
  const playable = PLAYABLE.test(content_type)
  reply.headers({
    'content-type': playable ? content_type : 'application/octet-stream',
    'content-disposition': disposition(filename, { type: playable && !attachment ? 'inline' : 'attachment' }),
    'accept-ranges': 'bytes',
    etag,
    // Bytes from outside: never a page, never a script.
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    // Asked for anew each time, which costs nothing where it is the same: the right to it may have ended.
    'cache-control': 'private, no-cache',
  })
}

async function sendBytes(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, storage_key }: StoredFile,
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
