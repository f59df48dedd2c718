import type { FastifyInstance } from 'fastify'
import { anyKey } from '../../any-key.ts'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { takeForms } from '../../form.ts'
import { limited } from '../../plugins/rate-limit.ts'
import { body, statusOf } from './errors.ts'
import { transcribe } from './transcribe.ts'

/** The API of whisper-asr-webservice, which Bazarr and others speak, at the root as there. */
export async function asr(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const error = toDomainError(cause, request)
    return reply.code(statusOf(error.code)).send(body(error))
  })
  takeForms(app)
  const authenticate = limited(deps, (request) => anyKey(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))
  transcribe(app, deps)
}
