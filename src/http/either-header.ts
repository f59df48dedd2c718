import type { FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { authenticate } from '../domain/keys/authenticate.ts'
import type { HttpDeps } from './context.ts'

/** The key in `soku-api-key` or as a Bearer token: the native API takes both. @throws DomainError `key.*` */
export async function eitherHeader(deps: HttpDeps, request: FastifyRequest): Promise<void> {
  const { authorization, 'soku-api-key': header } = request.headers
  const key = typeof header === 'string' ? header : /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  if (!key)
    throw new DomainError(
      'key.missing',
      'Missing API key. Send it in the header “Authorization: Bearer sk_live_…” or “soku-api-key: sk_live_…”.',
    )
  request.ctx = (await authenticate(deps, key, request.id)).ctx
}
