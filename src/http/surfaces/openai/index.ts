import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { limited } from '../../plugins/rate-limit.ts'
import { bearer } from './authenticate.ts'
import { body, rendered } from './errors.ts'
import { audio } from './routes/audio.ts'
import { models } from './routes/models.ts'

/** OpenAI's audio API, mounted under `/v1`. */
export async function openai(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    const { status } = rendered(error.code)
    // OpenAI's clients repeat requests after 429 and 5xx by themselves: of no use where credits are missing.
    if (error.code === 'credits.insufficient') reply.header('x-should-retry', 'false')
    return reply.code(status).send(body(error))
  })
  await app.register(multipart)
  const authenticate = limited(deps, (request) => bearer(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))
  audio(app, deps)
  models(app, deps)
}
