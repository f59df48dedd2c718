import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { takeForms } from '../../form.ts'
import { limited } from '../../plugins/rate-limit.ts'
import type { EventStreams } from '../../sse.ts'
import { bearer } from './authenticate.ts'
import { body, isFinal, rendered } from './errors.ts'
import { audio } from './routes/audio.ts'
import { models } from './routes/models.ts'

/** OpenAI's audio API, mounted under `/v1`. */
export async function openai(app: FastifyInstance, deps: HttpDeps, streams: EventStreams): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    const { status } = rendered(error.code)
    const { transcriptionId } = error.details
    if (isFinal(error.code)) reply.header('x-should-retry', 'false')
    if (typeof transcriptionId === 'string') reply.header('location', `/v1/transcriptions/${transcriptionId}`)
    return reply.code(status).send(body(error))
  })
  // Under `/v1` it is not alone.
  if (app.prefix !== '/v1')
    app.setNotFoundHandler((request) => {
      throw app.missing(request)
    })
  takeForms(app)
  const authenticate = limited(deps, (request) => bearer(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))
  audio(app, deps, streams)
  models(app, deps)
}
