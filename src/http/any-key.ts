import type { FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { authenticate } from '../domain/keys/authenticate.ts'
import type { HttpDeps } from './context.ts'

/**
 * The key wherever a tool can put one: `Authorization: Bearer`, `Token` (Deepgram's clients), `soku-api-key`, or
 * `Basic`, which is what becomes of an address like `http://earshot:sk_live_…@host:8080` where a tool knows nothing
 * but an address. @throws DomainError `key.*`
 */
export async function anyKey(deps: HttpDeps, request: FastifyRequest): Promise<void> {
  const key = keyIn(request)
  if (key === undefined)
    throw new DomainError(
      'key.missing',
      'Missing API key. Send it in the header “Authorization: Bearer sk_live_…”, or put it into the address: ' +
        'http://earshot:sk_live_…@host.',
    )
  request.ctx = (await authenticate(deps, key, request.id)).ctx
}

function keyIn({ headers }: FastifyRequest): string | undefined {
  const { authorization = '', 'soku-api-key': own } = headers
  if (typeof own === 'string') return own
  const [, scheme = '', value = ''] = /^(Bearer|Token|Basic) +(\S+)$/i.exec(authorization) ?? []
  if (scheme.toLowerCase() !== 'basic') return value || undefined
  const [user = '', ...password] = Buffer.from(value, 'base64').toString('utf8').split(':')
  return password.join(':') || user || undefined
}
