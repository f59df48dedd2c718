import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasJoinable, isKnown } from '../../domain/idempotency/find.ts'
import { requireRoom } from '../../domain/transcriptions/room.ts'
import type { HttpDeps } from '../context.ts'
import { type Arrival, type Arrivals, countArrivals } from './arrivals.ts'
import { keyScope } from './idempotency.ts'

declare module 'fastify' {
  interface FastifyInstance {
    arrivals: Arrivals
  }
  interface FastifyRequest {
    /** Its file is being received, and becomes a transcription. */
    arrival: Arrival | null
  }
}

/** For the whole app: all surfaces share one queue. */
export function queueRoom(app: FastifyInstance): void {
  app.decorate('arrivals', countArrivals())
  app.decorateRequest('arrival', null)
}

/**
 * A route's hook where a file is sent: while no more may wait, it is refused before it is read. What was taken on
 * before is answered all the same, where the request brings its key or, without one, may turn out to ask for it.
 * @param mayJoin whether it may
 * @throws DomainError `queue.full`, `queue.share`
 */
export const roomToWait =
  (deps: HttpDeps, mayJoin: (request: FastifyRequest) => boolean = () => false) =>
  async (request: FastifyRequest): Promise<void> => {
    if (!(await isTakenOn(deps, request, mayJoin)))
      await requireRoom(deps.db, deps.policy, request.ctx.accountId)
  }

/**
 * The same where the file becomes a transcription at once: what others are sending already counts as waiting.
 * `hasArrived` ends that, or the answer.
 */
export const roomToArrive =
  (deps: HttpDeps, mayJoin?: (request: FastifyRequest) => boolean) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    if (await isTakenOn(deps, request, mayJoin)) return
    const { accountId, route } = keyScope(request)
    const key = request.headers['idempotency-key'] ?? request.id
    const name = JSON.stringify([accountId, route, key])
    const arrival = { accountId, name, isWhole: () => request.raw.complete }
    request.arrival = arrival
    const coming = request.server.arrivals.enter(arrival)
    reply.raw.once('close', () => hasArrived(request))
    await requireRoom(deps.db, deps.policy, accountId, coming).catch((cause: unknown) => {
      hasArrived(request)
      throw cause
    })
  }

/** It has its place in the queue, or will have none. */
export function hasArrived({ arrival, server }: FastifyRequest): void {
  if (arrival) server.arrivals.leave(arrival)
}

async function isTakenOn(
  deps: HttpDeps,
  request: FastifyRequest,
  mayJoin: (request: FastifyRequest) => boolean = () => false,
): Promise<boolean> {
  const scope = keyScope(request)
  const key = request.headers['idempotency-key']
  return typeof key === 'string'
    ? isKnown(deps, { ...scope, key })
    : mayJoin(request) && hasJoinable(deps, scope)
}
