import type { FastifyInstance } from 'fastify'
import type { Ctx } from '../../domain/context.ts'

/** Gives every request its id (as a header too) and a signal that says when its client is gone. */
export function requestContext(app: FastifyInstance): void {
  app.decorateRequest('ctx', null as unknown as Ctx)
  app.decorateRequest('gone', null as unknown as AbortSignal)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    const controller = new AbortController()
    request.gone = controller.signal
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) controller.abort(new Error('the client is gone'))
    })
  })
}
