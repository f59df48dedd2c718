import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Scope } from '../../../domain/context.ts'
import { SCOPES } from '../../../domain/context.ts'
import { DomainError } from '../../../domain/errors.ts'
import { logInByProxy } from '../../../domain/sessions/log-in.ts'
import type { Visitor } from '../../../domain/sessions/open.ts'
import { readSession, type Visit } from '../../../domain/sessions/read.ts'
import type { Role } from '../../../domain/users/tables.ts'
import type { HttpDeps } from '../../context.ts'
import { type SessionCookie, sessionCookie } from './session-cookie.ts'

const OPEN = /\/(invitation|join)$/

declare module 'fastify' {
  interface FastifyRequest {
    visit: Visit | null
  }
}

/** Members transcribe and read; keys, money and webhooks are the owners'. */
const SCOPES_OF: Record<Role, readonly Scope[]> = {
  owner: SCOPES,
  member: ['transcribe', 'media', 'library'],
}

export interface Visits {
  cookie: SessionCookie
  /** @throws DomainError `session.missing` */
  visit(request: FastifyRequest): Visit
  /** Sets `request.ctx` for the verbs. @throws DomainError `session.missing` */
  authenticate(request: FastifyRequest): Promise<void>
  /** The login is a proxy's in front of us. */
  byProxy(request: FastifyRequest): boolean
  /** Whom that proxy has logged in. */
  vouched(request: FastifyRequest): string | undefined
}

/** Reads the session of every request; whether one is needed is the route's affair. */
export function visits(app: FastifyInstance, deps: HttpDeps): Visits {
  const cookie = sessionCookie(deps.web)
  app.decorateRequest('visit', null)
  app.addHook('onRequest', async (request, reply) => {
    request.visit = (await visitOf(request, reply)) ?? null
    if (request.visit?.renewed) cookie.set(request, reply, request.visit.renewed)
  })
  const vouched = (request: FastifyRequest): string | undefined => proxiedEmail(deps, request)
  return { cookie, visit, authenticate, vouched, byProxy: (request) => vouched(request) !== undefined }

  async function visitOf(request: FastifyRequest, reply: FastifyReply): Promise<Visit | undefined> {
    const token = cookie.read(request)
    const visit = token === undefined ? undefined : await readSession(deps, token)
    const email = proxiedEmail(deps, request)
    if (email === undefined || visit?.user.email === email) return visit
    // Who comes to use the link of an invitation has no login yet.
    if (OPEN.test(request.url)) return undefined
    const fresh = await logInByProxy(deps, email, visitorOf(request))
    cookie.set(request, reply, fresh)
    return readSession(deps, fresh)
  }
}

function visit(request: FastifyRequest): Visit {
  if (!request.visit) throw new DomainError('session.missing', 'Please log in.')
  return request.visit
}

async function authenticate(request: FastifyRequest): Promise<void> {
  const { user } = visit(request)
  request.ctx = {
    accountId: user.account_id,
    keyId: null,
    userId: user.id,
    role: user.role,
    scopes: SCOPES_OF[user.role],
    requestId: request.id,
  }
}

/** Whom the proxy in front has logged in: its header is believed only when the proxy itself sends it. */
function proxiedEmail({ web }: HttpDeps, request: FastifyRequest): string | undefined {
  if (!web.loginHeader || !web.isTrustedProxy(request.socket.remoteAddress ?? '')) return undefined
  const value = request.headers[web.loginHeader]
  return typeof value === 'string' && value !== '' ? value.trim().toLowerCase() : undefined
}

export const visitorOf = (request: FastifyRequest): Visitor => ({
  userAgent: request.headers['user-agent'] ?? '',
  address: request.ip,
})
