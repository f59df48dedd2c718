import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import { authenticate } from '../../../domain/keys/authenticate.ts'
import type { HttpDeps } from '../../context.ts'

/** `Authorization: Bearer sk_…`. @throws DomainError `key.*` */
export async function bearer(deps: HttpDeps, request: FastifyRequest): Promise<void> {
  const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!key)
    throw new DomainError(
      'key.missing',
      'Missing API key. Send it in the header “Authorization: Bearer sk_your_api_key_here”.',
    )
  request.ctx = (await authenticate(deps, key, request.id)).ctx
}
