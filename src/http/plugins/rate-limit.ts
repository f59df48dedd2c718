/**
 * Requests in any 60 s: by account where a key is valid, by address where none is, and by endpoint on top.
 * What is left stands on every response, as Soku has it (`X-RateLimit-*`) and as the IETF's draft has it.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../../domain/context.ts'
import { DomainError } from '../../domain/errors.ts'
import type { Endpoint, Rate, Tier } from '../../domain/limits/rates.ts'
import type { Taken } from '../../ports/rate-limiter.ts'
import type { HttpDeps } from '../context.ts'

const WINDOW_SECONDS = 60

interface Counted extends Taken {
  name: string
  rate: Rate
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Headers of the response to this request, whoever writes it. */
    announce(headers: Record<string, string>): void
    counted: Counted[]
  }
}

export function rateLimits(app: FastifyInstance): void {
  app.decorateRequest('announce')
  app.decorateRequest('counted')
  app.addHook('onRequest', async (request, reply) => {
    request.announce = (headers) => void reply.headers(headers)
    request.counted = []
  })
}

type Authenticate = (request: FastifyRequest) => Promise<void>

/** Authenticates, and counts the request for whoever sent it. @throws DomainError `rate.limited` */
export const limited =
  (deps: HttpDeps, authenticate: Authenticate): Authenticate =>
  async (request) => {
    try {
      await authenticate(request)
    } catch (cause) {
      await takeWhoever(deps, request)
      // What is not there is not there for anybody.
      if (request.is404) return
      throw cause
    }
    await takeWhoever(deps, request)
  }

/** By account as soon as it is known, even where it may not go on. */
function takeWhoever(deps: HttpDeps, request: FastifyRequest): Promise<void> {
  const ctx: Ctx | null = request.ctx
  if (!ctx) return takeTier(deps, request, 'default', `address:${request.ip}`)
  return takeTier(deps, request, ctx.tier ?? 'authenticated', `account:${ctx.accountId}`)
}

async function takeTier(deps: HttpDeps, request: FastifyRequest, tier: Tier, key: string): Promise<void> {
  const rate = deps.policy.rates?.tiers[tier]
  if (!rate) return
  request.announce({ 'x-ratelimit-tier': tier })
  await take(deps, request, tier, rate, key)
}

/** A reader of something shared: by address, and apart from whatever else comes from there. */
export const limitedReader = (deps: HttpDeps, request: FastifyRequest, what: string): Promise<void> =>
  takeTier(deps, request, 'premium', `reader:${what}:${request.ip}`)

/** A page asks often: a person has as much as an operator's program, and a stranger as much as any. */
export const limitedVisit = (deps: HttpDeps, request: FastifyRequest): Promise<void> =>
  request.visit
    ? takeTier(deps, request, 'admin', `person:${request.visit.user.id}`)
    : takeTier(deps, request, 'default', `address:${request.ip}`)

/** A route's own limit, for each account: a hook that comes after those that may answer without work. */
export const endpointLimit =
  (deps: HttpDeps, endpoint: Endpoint) =>
  async (request: FastifyRequest): Promise<void> => {
    const rate = deps.policy.rates?.endpoints[endpoint]
    if (rate) await take(deps, request, endpoint, rate, `${endpoint}:${request.ctx.accountId}`)
  }

async function take(
  deps: HttpDeps,
  request: FastifyRequest,
  name: string,
  rate: Rate,
  key: string,
): Promise<void> {
  const taken: Counted = { name, rate, ...(await deps.limiter.take(key, rate.max + rate.burst)) }
  request.counted.push(taken)
  const now = deps.clock.now()
  // The trio speaks of the tier, or of the limit that refuses the request.
  if (request.counted.length === 1 || !taken.allowed)
    request.announce({
      'x-ratelimit-limit': String(rate.max),
      'x-ratelimit-remaining': String(remaining(taken)),
      'x-ratelimit-reset': String(Math.ceil(taken.freeAt / 1000)),
    })
  request.announce({
    'ratelimit-policy': request.counted
      .map((c) => `"${c.name}";q=${c.rate.max};w=${WINDOW_SECONDS}`)
      .join(', '),
    ratelimit: request.counted
      .map((c) => `"${c.name}";r=${remaining(c)};t=${secondsUntil(c.freeAt, now)}`)
      .join(', '),
  })
  if (taken.allowed) return
  const retryAfter = secondsUntil(taken.freeAt, now)
  throw new DomainError('rate.limited', `Too many requests. Try again in ${retryAfter} s.`, {
    limit: rate.max,
    windowSeconds: WINDOW_SECONDS,
    retryAfter,
  })
}

const remaining = ({ rate, used }: Counted): number => Math.max(0, rate.max - used)
const secondsUntil = (time: number, now: number): number => Math.max(1, Math.ceil((time - now) / 1000))
