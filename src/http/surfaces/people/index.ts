import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import type { PeopleOptions } from './options.ts'
import { people } from './routes/people.ts'
import { sessions } from './routes/sessions.ts'

/**
 * The people of an account, and what one changes about one's own login. Whoever registers it authenticates
 * with sessions, and gives it its shape of errors.
 */
export async function peopleSurface(
  app: FastifyInstance,
  deps: HttpDeps,
  options: PeopleOptions,
): Promise<void> {
  people(app, deps, options)
  sessions(app, deps, options)
}
