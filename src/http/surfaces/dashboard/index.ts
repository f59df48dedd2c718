import cookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { HttpDeps } from '../../context.ts'
import { limitedVisit } from '../../plugins/rate-limit.ts'
import { v1Errors, v1NotFound } from '../../v1/index.ts'
import { entrance } from './routes/entrance.ts'
import { requireSameOrigin } from './same-origin.ts'
import { visits } from './visits.ts'

/** Further parts of the dashboard's server side, which know nothing of sessions: each is told who asks. */
export type Mount = (app: FastifyInstance, who: ReturnType<typeof visits>) => Promise<void>

/**
 * The page's server side, under `/api/dashboard`: the same verbs as `/v1`, authenticated by the session in
 * an HttpOnly cookie, with Soku's envelope for errors. Nothing here answers to another site's page.
 */
export async function dashboard(app: FastifyInstance, deps: HttpDeps, mounts: Mount[]): Promise<void> {
  await app.register(cookie)
  v1Errors(app, deps)
  v1NotFound(app)
  app.addHook('onRequest', async (request) => requireSameOrigin(request, deps.web))
  // What one person sees is nobody else's, in no cache on the way.
  app.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'))
  const who = visits(app, deps)
  // People by themselves, strangers by their address.
  app.addHook('preParsing', (request) => limitedVisit(deps, request))
  await app.register(async (scope) => entrance(scope, deps, who))
  for (const mount of mounts) await app.register((scope) => mount(scope, who))
}

/** @throws DomainError `role.forbidden` */
export function requireOperator({ user }: { user: { operator: number } }): void {
  if (user.operator !== 1)
    throw new DomainError('role.forbidden', 'Only the operator of this server may do this.')
}
