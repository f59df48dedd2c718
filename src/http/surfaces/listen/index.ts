import type { FastifyInstance } from 'fastify'
import { anyKey } from '../../any-key.ts'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { limited } from '../../plugins/rate-limit.ts'
import { body, rendered } from './errors.ts'
import { listenRoute } from './route.ts'

/** Deepgram's API for recordings, mounted under `/v1`. */
export async function listen(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    return reply.code(rendered(error.code).status).send(body(error, request.id))
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.header('dg-request-id', request.id)
  })
  // Whatever is not JSON is the recording itself, which the route reads.
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  const authenticate = limited(deps, (request) => anyKey(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))
  listenRoute(app, deps)
}
