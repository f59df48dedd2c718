import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { v1Errors } from '../../v1/index.ts'
import { credits } from './routes/credits.ts'
import { keys } from './routes/keys.ts'
import { plans } from './routes/plans.ts'

export interface AccountOptions {
  /** Sets `request.ctx`, or throws a DomainError. */
  authenticate(request: FastifyRequest): Promise<void>
}

/** An account's keys and credits. Like the native API it is mounted with keys, and with sessions. */
export async function account(app: FastifyInstance, deps: HttpDeps, options: AccountOptions): Promise<void> {
  v1Errors(app, deps)
  app.addHook('preParsing', (request) => options.authenticate(request))
  keys(app, deps)
  credits(app, deps)
  plans(app, deps)
}
