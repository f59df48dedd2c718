import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import { authenticate } from '../../../domain/keys/authenticate.ts'
import type { HttpDeps } from '../../context.ts'

/** `Authorization: Bearer sk_…`, as OpenAI's clients send it. @throws DomainError `key.*` */
export async function bearer(deps: HttpDeps, request: FastifyRequest): Promise<void> {
  const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (!key)
    throw new DomainError(
      'key.missing',
      "You didn't provide an API key. Send it in the header “Authorization: Bearer YOUR_KEY”.",
    )
  request.ctx = (await authenticate(deps, key, request.id)).ctx
}
