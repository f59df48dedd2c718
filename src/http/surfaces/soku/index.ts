import multipart from '@fastify/multipart'
import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { apiKey } from './authenticate.ts'
import { envelope, rendered } from './errors.ts'
import { transcribe } from './routes/transcribe.ts'
import { uploadMedia } from './routes/upload-media.ts'

/** Soku's API, mounted under `/v1`. */
export async function soku(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    const how = rendered(error.code)
    return reply.code(how.status).send(envelope(error, how, request.id, deps.clock.now()))
  })
  app.setNotFoundHandler((request) => {
    throw new DomainError(
      'resource.not_found',
      `There is no ${request.method} ${request.url.split('?')[0]} here.`,
    )
  })
  await app.register(multipart)
  app.addHook('preParsing', (request) => apiKey(deps, request))
  transcribe(app, deps)
  uploadMedia(app, deps)
}
