/**
 * `Idempotency-Key`: a request is executed once, however often it is sent. The first execution's response is
 * stored and sent again byte for byte; twins that come while it runs wait for it. What was refused before
 * anything was executed is not stored, so the same key may be used again.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { claimKey, dropKey } from '../../domain/idempotency/claim.ts'
import { findExecution } from '../../domain/idempotency/find.ts'
import type { Once } from '../../domain/idempotency/once.ts'
import { responseOf, type StoredResponse, storeResponse } from '../../domain/idempotency/response.ts'
import { fingerprint, keptMs, parseKey } from '../../domain/idempotency/rules.ts'
import { forgetFailedWork } from '../../domain/idempotency/work.ts'
import { type Lease, newLease } from '../../domain/leases/lease.ts'
import { inTurn, pause } from '../../domain/leases/poll.ts'
import { claimOrFree } from '../../domain/leases/unanswered.ts'
import { whileHeld } from '../../domain/leases/while-held.ts'
import type { HttpDeps } from '../context.ts'

const LEASE_MS = 15_000
/** How often a twin looks whether another process has ended. */
const LOOK_MS = 250
/** Headers that belong to the response as much as its body does. */
const KEPT = ['content-type', 'location', 'earshot-model', 'earshot-stand-in', 'earshot-reused'] as const

declare module 'fastify' {
  interface FastifyRequest {
    /** True once what is answered now is what everyone gets who asks under this key. */
    settled: boolean
  }
}

/** Gives the header back on every response, and stores what ended. For the whole app, before its surfaces. */
export function idempotency(app: FastifyInstance, deps: HttpDeps): void {
  app.decorateRequest('settled', false)
  app.addHook('onRequest', async ({ headers }, reply) => {
    const key = headers['idempotency-key']
    if (typeof key === 'string') reply.header('idempotency-key', key)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const once = request.ctx?.once
    if (!once || !request.settled || typeof payload !== 'string') return payload
    const answer = { status: reply.statusCode, headers: keptHeaders(reply), body: payload }
    const { response, first } = await storeResponse(deps.db, once, answer, once.token)
    if (first) return payload
    announceReplay(reply, response)
    return response.body
  })
}

interface Options {
  /** What the request is known by where it carries no key. */
  derive?: (request: FastifyRequest, content: unknown) => string | undefined
  /** How long such a key is kept. Default: as long as the operator's policy says, as any other. */
  derivedKeepMs?: number
  /** Under such a key, work that failed is begun anew. */
  retriesFailed?: boolean
}

/**
 * Answers from what is stored, waits for a twin, or lets the route execute under the key.
 * @param content what was asked for: another content under the same key is a conflict
 * @returns true: it was answered from what is stored, and the route returns its reply
 * @throws DomainError `request.invalid`, `idempotency.conflict`
 */
export type Claim = (request: FastifyRequest, reply: FastifyReply, content: unknown) => Promise<boolean>

const hasKey = ({ headers }: FastifyRequest): boolean => typeof headers['idempotency-key'] === 'string'

/** For one route. */
export function createClaim(deps: HttpDeps, options: Options = {}): Claim {
  const twins = createTwins()
  return async (request, reply, content) => {
    const once = onceOf(request, content, options)
    if (!once) return false
    if (options.retriesFailed && !hasKey(request)) await forgetFailedWork(deps.db, once)
    const name = JSON.stringify([once.accountId, once.route, once.key])
    while (!request.gone.aborted) {
      const found = await findExecution(deps, once)
      const stored = found && responseOf(found)
      if (stored) {
        // Not handed back: a promise of a reply waits for its end.
        void replay(reply, stored)
        return true
      }
      const waiting = twins.executing(name)
      if (waiting) await untilGone(waiting, request.gone)
      else if (found && !found.free) await pause(LOOK_MS, request.gone)
      else {
        twins.begin(name, reply)
        request.ctx = { ...request.ctx, once }
        return false
      }
    }
    request.gone.throwIfAborted()
    return false
  }
}

/** A route's hook, before its own limits: as above, for a body that is known before the route begins. */
export const idempotent = (deps: HttpDeps, options: Options = {}) => {
  const claim = createClaim(deps, options)
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> =>
    (await claim(request, reply, request.body)) ? reply : undefined
}

/** A route's hook where the body is read later: a key that is none is refused before anything is sent. */
export async function requireKey({ headers }: FastifyRequest): Promise<void> {
  const header = headers['idempotency-key']
  if (typeof header === 'string') parseKey(header)
}

/**
 * Executes under the key what anybody may wait for at the same time, in whatever form: nothing is stored but
 * the work that is begun, which the next request under the key finds.
 * @throws DomainError `request.invalid`, `idempotency.conflict`
 */
export async function joinWork(deps: HttpDeps, request: FastifyRequest, content: unknown): Promise<void> {
  const once = onceOf(request, content, {})
  if (!once) return
  await findExecution(deps, once)
  request.ctx = { ...request.ctx, once }
}

/** Marks that the work has ended, and hands it on. */
export function settled<T>(request: FastifyRequest, ended: T): T {
  request.settled = true
  return ended
}

/**
 * Executes what does not become a transcription, and stores its response where it succeeds. After a failure,
 * or a crash, the next request under the key executes it.
 * @param execute is told the id that an execution before it gave to `recordMade`; what that names is not made again
 */
export async function executeOnce<T>(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  execute: (made: string | null) => Promise<T>,
): Promise<T | FastifyReply> {
  const { once } = request.ctx
  if (!once) return execute(null)
  const keepMs = keptMs(once, deps.policy)
  return inTurn<T | FastifyReply>(request.gone, {
    async stored() {
      const found = await findExecution(deps, once)
      const response = found && responseOf(found)
      return response && replay(reply, response)
    },
    async claim() {
      const lease = newLease('idempotency_keys', LEASE_MS)
      const claimed = await claimOrFree(
        lease,
        () => claimKey(deps.db, deps.clock.now(), once, { keepMs, lease }),
        () => dropKey(deps.db, lease),
      )
      if (!claimed) return undefined
      once.token = lease.token
      return () => executeClaimed(deps, request, lease, () => execute(claimed.made_id))
    },
  })
}

function executeClaimed<T>(
  deps: HttpDeps,
  request: FastifyRequest,
  lease: Lease,
  execute: () => Promise<T>,
): Promise<T> {
  return whileHeld(deps, lease, async () => {
    try {
      return settled(request, await execute())
    } catch (cause) {
      await dropKey(deps.db, lease)
      throw cause
    }
  })
}

/** Where a key counts: within an account, for one route. */
export const keyScope = (request: FastifyRequest): Pick<Once, 'accountId' | 'route'> => ({
  accountId: request.ctx.accountId,
  route: `${request.method} ${request.routeOptions.url}`,
})

function onceOf(
  request: FastifyRequest,
  content: unknown,
  { derive, derivedKeepMs }: Options,
): Once | undefined {
  const header = request.headers['idempotency-key']
  const key = typeof header === 'string' ? parseKey(header) : derive?.(request, content)
  if (key === undefined) return undefined
  return {
    ...keyScope(request),
    key,
    fingerprint: fingerprint(asked(request, content)),
    ...(typeof header !== 'string' && derivedKeepMs !== undefined && { keepMs: derivedKeepMs }),
  }
}

/** On a route like `/drafts/:id/publish`, also of which thing: a body of another draft may be the same. */
const asked = ({ params }: FastifyRequest, content: unknown): unknown =>
  Object.keys(params as object).length === 0 ? content : { params, content }

/**
 * Of the requests under one key that this process has, one executes and the others wait until it is
 * answered: a thousand twins then cost neither a connection each nor the endpoint's limit.
 */
function createTwins() {
  const executing = new Map<string, Promise<void>>()
  return {
    executing: (name: string): Promise<void> | undefined => executing.get(name),
    begin(name: string, reply: FastifyReply): void {
      const answered = new Promise<void>((done) => reply.raw.once('close', done))
      executing.set(name, answered)
      void answered.then(() => executing.delete(name))
    },
  }
}

function keptHeaders(reply: FastifyReply): Record<string, string> {
  const kept = KEPT.map((name) => [name, reply.getHeader(name)] as const)
  return Object.fromEntries(
    kept.filter((pair): pair is [(typeof pair)[0], string] => typeof pair[1] === 'string'),
  )
}

function announceReplay(reply: FastifyReply, { status, headers }: StoredResponse): void {
  reply.code(status).headers(headers).header('idempotent-replayed', 'true')
}

function replay(reply: FastifyReply, stored: StoredResponse): FastifyReply {
  announceReplay(reply, stored)
  return reply.send(stored.body)
}

const untilGone = (promise: Promise<void>, gone: AbortSignal): Promise<void> =>
  Promise.race([
    promise,
    new Promise<void>((done) => gone.addEventListener('abort', () => done(), { once: true })),
  ])
