import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { authenticate } from '../../domain/keys/authenticate.ts'
import type { AccountRow } from '../../domain/tables.ts'
import type { HttpDeps } from '../context.ts'

/** `soku-api-key: sk_live_…`, and an account whose subscription runs. @throws DomainError `key.*`, `subscription.*` */
export async function apiKey(deps: HttpDeps, request: FastifyRequest): Promise<void> {
  const key = request.headers['soku-api-key']
  if (typeof key !== 'string' || key === '')
    throw new DomainError(
      'key.missing',
      request.headers.authorization
        ? 'Missing or invalid soku-api-key. This endpoint takes the key in the soku-api-key header, not in Authorization.'
        : 'Missing or invalid soku-api-key',
    )
  const { ctx, account } = await authenticate(deps, key, request.id)
  request.ctx = ctx
  requireSubscription(account, deps.clock.now())
}

function requireSubscription({ subscription_status, current_period_end }: AccountRow, now: number): void {
  if (subscription_status === null) throw new DomainError('subscription.required', 'Subscription required')
  const runs = subscription_status === 'active' || subscription_status === 'trialing'
  if (!runs || (current_period_end ?? 0) <= now)
    throw new DomainError('subscription.inactive', 'Subscription inactive or expired')
}
