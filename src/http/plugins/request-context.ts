import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Ctx } from '../../domain/context.ts'

/** Gives every request its id (as a header too) and a signal that says when its client is gone. */
export function requestContext(app: FastifyInstance): void {
  const replies = new WeakMap<FastifyRequest, FastifyReply>()
  const signals = new WeakMap<FastifyRequest, AbortSignal>()
  app.decorateRequest('ctx', null as unknown as Ctx)
  // Made when it is first asked for: few requests take long enough to need it.
  app.decorateRequest('gone', {
    getter(this: FastifyRequest) {
      const signal = signals.get(this) ?? whenGone(replies.get(this)!)
      signals.set(this, signal)
      return signal
    },
  })
  app.addHook('onRequest', async (request, reply) => {
    replies.set(request, reply)
    reply.header('x-request-id', request.id)
  })
}

function whenGone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  const look = (): void => {
    if (!raw.writableFinished) controller.abort(new Error('the client is gone'))
  }
  if (raw.closed) look()
  else raw.once('close', look)
  return controller.signal
}
