import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type InvitationReply,
  invitationBody,
  joinBody,
  loginBody,
  logoutBody,
  type SessionReply,
} from '../../../../contract/session.ts'
import { accountName } from '../../../../domain/accounts/name.ts'
import { DomainError } from '../../../../domain/errors.ts'
import { endAllSessions, endSession } from '../../../../domain/sessions/end.ts'
import { logIn } from '../../../../domain/sessions/log-in.ts'
import { openSession } from '../../../../domain/sessions/open.ts'
import { join, readInvitation } from '../../../../domain/users/join.ts'
import type { UserRow } from '../../../../domain/users/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { type Visits, visitorOf } from '../visits.ts'

/** Getting in and out. */
export function entrance(
  app: FastifyInstance,
  deps: HttpDeps,
  { cookie, visit, byProxy, vouched }: Visits,
): void {
  app.get('/session', async (request) => present(visit(request).user, byProxy(request)))

  app.post('/login', async (request, reply) => {
    const { token, user } = await logIn(deps, parse(loginBody, request.body), visitorOf(request)).catch(
      (error) => {
        throw announceWait(request, error)
      },
    )
    cookie.set(request, reply, token)
    return present(user, false)
  })

  app.post('/logout', async (request, reply) => {
    const { user, session } = visit(request)
    const { everywhere } = parse(logoutBody, request.body)
    await (everywhere ? endAllSessions(deps, user.id) : endSession(deps, user.id, session.id))
    cookie.clear(request, reply)
    return reply.code(204).send()
  })

  app.post('/invitation', async (request): Promise<InvitationReply> => {
    const { account_id, email, role, operator } = await readInvitation(
      deps,
      parse(invitationBody, request.body).token,
    )
    return { email, role, operator: operator === 1, account: await accountName(deps, account_id) }
  })

  app.post('/join', async (request, reply) => {
    const user = await join(deps, { ...parse(joinBody, request.body), vouched: vouched(request) })
    const { token } = await openSession(deps, user.id, visitorOf(request))
    cookie.set(request, reply, token)
    return present(user, false)
  })

  async function present(user: UserRow, byProxy: boolean): Promise<SessionReply> {
    const { id, name, email, role, operator, account_id } = user
    return {
      user: { id, name, email, role, operator: operator === 1 },
      account: { id: account_id, name: await accountName(deps, account_id) },
      byProxy,
    }
  }
}

/** How long to wait stands in the header too. */
function announceWait(request: FastifyRequest, error: unknown): unknown {
  if (error instanceof DomainError && error.code === 'login.throttled')
    request.announce({ 'retry-after': String(error.details.retryAfterSeconds) })
  return error
}
