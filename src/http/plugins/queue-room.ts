import type { FastifyRequest } from 'fastify'
import { hasJoinable, isKnown } from '../../domain/idempotency/find.ts'
import { requireRoom } from '../../domain/transcriptions/room.ts'
import type { HttpDeps } from '../context.ts'
import { keyScope } from './idempotency.ts'

/**
 * A route's hook where a file is sent: while no more may wait, it is refused before it is read. What was taken on
 * before is answered all the same, where the request brings its key or, without one, may turn out to ask for it.
 * @param mayJoin whether it may
 * @throws DomainError `queue.full`, `queue.share`
 */
export const roomToWait =
  (deps: HttpDeps, mayJoin: (request: FastifyRequest) => boolean = () => false) =>
  async (request: FastifyRequest): Promise<void> => {
    const scope = keyScope(request)
    const key = request.headers['idempotency-key']
    const isTakenOn =
      typeof key === 'string'
        ? await isKnown(deps, { ...scope, key })
        : mayJoin(request) && (await hasJoinable(deps, scope))
    if (!isTakenOn) await requireRoom(deps.db, deps.policy, scope.accountId)
  }
