import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../context.ts'

/** Long texts are computed for each account in its turn; for those who need none, as with a share link, by address. */
export function textTurns(app: FastifyInstance, { texts }: Pick<HttpDeps, 'texts'>): void {
  // A callback, since what is set in a hook that returns a promise does not reach the handler.
  app.addHook('preHandler', (request, _reply, done) => {
    texts.onBehalfOf(() => request.ctx?.accountId ?? request.ip, done)
  })
}
