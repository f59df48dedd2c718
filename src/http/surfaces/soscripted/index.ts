import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { limited } from '../../plugins/rate-limit.ts'
import type { EventStreams } from '../../sse.ts'
import { bearer } from './authenticate.ts'
import { body, statusOf } from './errors.ts'
import { library } from './routes/library.ts'
import { transcribe } from './routes/transcribe.ts'

/** SoScripted's API, mounted under `/api/public`. */
export async function soscripted(app: FastifyInstance, deps: HttpDeps, streams: EventStreams): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    return reply.code(statusOf(error.code)).send(body(error))
  })
  app.setNotFoundHandler((request) => {
    throw app.missing(request)
  })
  const authenticate = limited(deps, (request) => bearer(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))
  transcribe(app, deps, streams)
  library(app, deps)
}
