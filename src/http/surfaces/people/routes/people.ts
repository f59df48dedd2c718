import type { FastifyInstance } from 'fastify'
import { inviteBody, roleBody } from '../../../../contract/people.ts'
import { DomainError } from '../../../../domain/errors.ts'
import { invite } from '../../../../domain/users/invite.ts'
import {
  openInvitations,
  peopleOf,
  removePerson,
  setRole,
  withdrawInvitation,
} from '../../../../domain/users/people.ts'
import type { UserRow } from '../../../../domain/users/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import type { PeopleOptions } from '../options.ts'
import { presentInvitation, presentPerson } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** Who is in the account. Everybody sees it; owners change it. */
export function people(app: FastifyInstance, deps: HttpDeps, { visit }: PeopleOptions): void {
  app.get('/people', async (request) => {
    const { user } = visit(request)
    const rows = await peopleOf(deps, user.account_id)
    const invitations = user.role === 'owner' ? await openInvitations(deps, user.account_id) : []
    return {
      people: rows.map((row) => presentPerson(row, user.id)),
      invitations: invitations.map(presentInvitation),
    }
  })
  app.post('/invitations', async (request, reply) => {
    const user = owner(visit(request).user)
    const body = parse(inviteBody, request.body)
    const { token, invitation } = await invite(deps, {
      ...body,
      accountId: user.account_id,
      invitedBy: user.id,
    })
    return reply.code(201).send({ ...presentInvitation(invitation), token })
  })
  app.delete<ById>('/invitations/:id', async (request, reply) => {
    const { account_id } = owner(visit(request).user)
    await withdrawInvitation(deps, account_id, request.params.id)
    return reply.code(204).send()
  })
  app.patch<ById>('/people/:id', async (request, reply) => {
    const by = owner(visit(request).user)
    await setRole(deps, by, request.params.id, parse(roleBody, request.body).role)
    return reply.code(204).send()
  })
  app.delete<ById>('/people/:id', async (request, reply) => {
    const by = owner(visit(request).user)
    await removePerson(deps, by, request.params.id)
    return reply.code(204).send()
  })
}

function owner(user: UserRow): UserRow {
  if (user.role !== 'owner')
    throw new DomainError('role.forbidden', 'Only owners of the account may do this.')
  return user
}
