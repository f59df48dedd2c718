import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import type { HttpDeps } from './context.ts'
import { envelope, rendered } from './v1/errors.ts'

/** What Fastify and Node throw before a route runs, in our terms. Unknown errors are logged here, once. */
export function toDomainError(cause: unknown, request: FastifyRequest): DomainError {
  if (cause instanceof DomainError) {
    const { retryAfter } = cause.details
    if (typeof retryAfter === 'number') request.announce({ 'retry-after': String(retryAfter) })
    return cause
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
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new DomainError('request.invalid', message ?? 'The request cannot be read.', {
      field: 'body',
      reason: 'malformed',
    })
  if (request.gone.aborted) return new DomainError('internal', 'The client is gone.')
  request.log.error({ err: cause }, 'unexpected error')
  return new DomainError('internal', `Something went wrong on our side. Request id: ${request.id}`)
}

/** An address that no route can be looked up for: before any surface, but in the shape of the one it was meant for. */
export const badAddress =
  ({ clock }: Pick<HttpDeps, 'clock'>) =>
  (_cause: Error, { id, url }: FastifyRequest, reply: FastifyReply): void => {
    const error = new DomainError('request.invalid', 'The address is not correctly percent-encoded.', {
      field: 'path',
      reason: 'malformed',
    })
    const body = url.startsWith('/api/public/')
      ? { error: error.message }
      : envelope(error, rendered(error.code), id, clock.now())
    void reply.code(400).header('x-request-id', id).send(body)
  }
