import type { FastifyInstance } from 'fastify'
import { accountsQuery, grantBody, newAccountBody } from '../../../contract/operator.ts'
import { createAccount } from '../../../domain/accounts/create.ts'
import { grantCredits, listAccounts } from '../../../domain/operator/accounts.ts'
import { overview } from '../../../domain/operator/overview.ts'
import type { HttpDeps } from '../../context.ts'
import { parse } from '../../parse.ts'

/**
 * What an operator sees and does over all accounts. Whoever registers it says, with a hook, who is one,
 * and gives it its shape of errors.
 */
export async function operator(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.get('/overview', () => overview(deps))
  app.get('/accounts', (request) => listAccounts(deps, parse(accountsQuery, request.query)))
  app.post('/accounts', async (request, reply) =>
    reply.code(201).send(await createAccount(deps, parse(newAccountBody, request.body))),
  )
  app.post<{ Params: { id: string } }>('/accounts/:id/grants', (request) =>
    grantCredits(deps, { accountId: request.params.id, ...parse(grantBody, request.body) }),
  )
}
