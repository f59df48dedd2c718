import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { StorageAway } from '../ports/media-store.ts'
import { isNoRoom } from '../ports/no-room.ts'
import { isOrphan } from '../ports/orphan.ts'
import { besideRoutes } from './beside-routes.ts'
import type { HttpDeps } from './context.ts'

/** What Fastify and Node throw before a route runs, in our terms. Unknown errors are logged here, once. */
export function toDomainError(cause: unknown, request: FastifyRequest): DomainError {
  const known = cause instanceof DomainError ? cause : unavailable(cause, request)
  if (known) {
    request.log.debug({ code: known.code, details: known.details }, 'refused')
    const { retryAfter } = known.details
    if (typeof retryAfter === 'number') request.announce({ 'retry-after': String(retryAfter) })
    return known
  }
  const { code, statusCode, message } = cause as { code?: string; statusCode?: number; message?: string }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new DomainError('request.too_large', 'The body is larger than this address takes.')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' && request.routeOptions.url?.includes('/uploads'))
    return new DomainError('upload.type', 'Send the piece as application/offset+octet-stream.', {
      field: 'Content-Type',
    })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new DomainError(
      'request.invalid',
      'Send JSON, with the header “Content-Type: application/json”.',
      {
        field: 'Content-Type',
        reason: 'unsupported',
      },
    )
  if (code === 'FST_ERR_CTP_INVALID_JSON_BODY')
    return new DomainError('request.invalid', 'The body is not valid JSON.', {
      field: 'body',
      reason: 'malformed',
    })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new DomainError('request.invalid', message ?? 'The request cannot be read.', {
      field: 'body',
      reason: 'malformed',
    })
  if (isOrphan(cause)) {
    request.log.warn({ err: cause }, 'deleted meanwhile')
    return new DomainError('resource.not_found', 'What this belongs to has just been deleted.', {}, { cause })
  }
  if (request.gone.aborted) return new DomainError('internal', 'The client is gone.')
  request.log.error({ err: cause }, 'unexpected error')
  return new DomainError('internal', `Something went wrong on our side. Request id: ${request.id}`)
}

/** After so many seconds it is worth asking again. */
const RETRY_AFTER = 5

/** What lies beneath the server is away, or full. Whatever was meant to be answered for good is not: it may not be stored. */
function unavailable(cause: unknown, request: FastifyRequest): DomainError | undefined {
  const details = { retryAfter: RETRY_AFTER }
  const again = 'Nothing is lost and nothing was charged. Send the same request again in a moment.'
  let error: DomainError | undefined
  if (isNoRoom(cause))
    error = new DomainError('storage.full', 'The server’s disk is full. Nothing was charged.', {}, { cause })
  else if (request.server.databaseAway(cause))
    error = new DomainError(
      'database.unavailable',
      `The server cannot reach its database. ${again}`,
      details,
      { cause },
    )
  else if (cause instanceof StorageAway)
    error = new DomainError(
      'storage.unavailable',
      `The server cannot reach its media storage. ${again}`,
      details,
      { cause },
    )
  if (!error) return undefined
  request.settled = false
  request.log.warn({ err: cause }, error.code)
  return error
}

/** An address that no route can be looked up for: before any surface, but in the shape of the one it was meant for. */
export const badAddress =
  ({ clock }: Pick<HttpDeps, 'clock'>) =>
  (_cause: Error, request: FastifyRequest, reply: FastifyReply): void => {
    const error = new DomainError('request.invalid', 'The address is not correctly percent-encoded.', {
      field: 'path',
      reason: 'malformed',
    })
    const { status, body } = besideRoutes(error, request, clock.now())
    void reply.code(status).header('x-request-id', request.id).send(body)
  }
