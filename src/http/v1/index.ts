import type { FastifyInstance } from 'fastify'
import { besideRoutes } from '../beside-routes.ts'
import type { HttpDeps } from '../context.ts'
import { eitherHeader } from '../either-header.ts'
import { toDomainError } from '../errors.ts'
import { limited } from '../plugins/rate-limit.ts'
import { apiKey } from './authenticate.ts'
import { envelope, rendered } from './errors.ts'

/** Soku's envelope, the shape of errors of all surfaces under `/v1` but OpenAI's. */
export function v1Errors(app: FastifyInstance, deps: HttpDeps): void {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    if (request.is404) {
      const { status, body } = besideRoutes(error, request, deps.clock.now())
      return reply.code(status).send(body)
    }
    const how = rendered(error.code)
    return reply.code(how.status).send(envelope(error, how, request.id, deps.clock.now()))
  })
}

/** Its errors, and its header for the key. */
export function v1Conventions(app: FastifyInstance, deps: HttpDeps): void {
  v1Errors(app, deps)
  // Of what is not there, any key may know.
  const authenticate = limited(deps, (request) =>
    request.is404 ? eitherHeader(deps, request) : apiKey(deps, request),
  )
  app.addHook('preParsing', (request) => authenticate(request))
}

/** For one surface a prefix: what is not there is said in the same shape. */
export function v1NotFound(app: FastifyInstance): void {
  app.setNotFoundHandler((request) => {
    throw app.missing(request)
  })
}
