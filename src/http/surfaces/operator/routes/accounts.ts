import type { FastifyInstance } from 'fastify'
import {
  accountsQuery,
  grantBody,
  newAccountBody,
  type OperatorInviteReply,
  operatorInviteBody,
} from '../../../../contract/operator.ts'
import { createAccount } from '../../../../domain/accounts/create.ts'
import { grantCredits, listAccounts, requireAccount } from '../../../../domain/operator/accounts.ts'
import { invite } from '../../../../domain/users/invite.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'

interface ById {
  Params: { id: string }
}

/** All accounts: found, made, given credits and logins. */
export function accounts(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/accounts', (request) => listAccounts(deps, parse(accountsQuery, request.query)))
  app.post('/accounts', async (request, reply) =>
    reply.code(201).send(await createAccount(deps, parse(newAccountBody, request.body))),
  )
  app.post<ById>('/accounts/:id/grants', (request) =>
    grantCredits(deps, { accountId: request.params.id, ...parse(grantBody, request.body) }),
  )
  app.post<ById>('/accounts/:id/invitations', async (request, reply) => {
    const body = parse(operatorInviteBody, request.body)
    const { id: accountId } = await requireAccount(deps, request.params.id)
    const { token, invitation } = await invite(deps, { ...body, accountId })
    const { email, expires_at: expiresAt } = invitation
    return reply.code(201).send({ token, email, expiresAt } satisfies OperatorInviteReply)
  })
}
