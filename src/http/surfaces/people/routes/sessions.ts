import type { FastifyInstance } from 'fastify'
import { passwordBody } from '../../../../contract/people.ts'
import { endAllSessions, endSession, sessionsOf } from '../../../../domain/sessions/end.ts'
import { withPatience } from '../../../../domain/sessions/log-in.ts'
import { changePassword } from '../../../../domain/users/people.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import type { PeopleOptions } from '../options.ts'
import { presentSession } from '../present.ts'

/** Where one is logged in, and one's password. */
export function sessions(app: FastifyInstance, deps: HttpDeps, { visit }: PeopleOptions): void {
  app.get('/sessions', async (request) => {
    const { user, session } = visit(request)
    const rows = await sessionsOf(deps, user.id)
    return { items: rows.map((row) => presentSession(row, session.id)) }
  })
  app.delete('/sessions', async (request, reply) => {
    const { user, session } = visit(request)
    await endAllSessions(deps, user.id, session.id)
    return reply.code(204).send()
  })
  app.delete<{ Params: { id: string } }>('/sessions/:id', async (request, reply) => {
    await endSession(deps, visit(request).user.id, request.params.id)
    return reply.code(204).send()
  })
  app.put('/password', async (request, reply) => {
    const { user, session } = visit(request)
    const body = parse(passwordBody, request.body)
    await withPatience(deps, user.email, request.ip, () => changePassword(deps, user, body))
    await endAllSessions(deps, user.id, session.id)
    return reply.code(204).send()
  })
}
