import type { FastifyInstance } from 'fastify'
import { anyKey } from '../../any-key.ts'
import type { HttpDeps } from '../../context.ts'
import { toDomainError } from '../../errors.ts'
import { takeForms } from '../../form.ts'
import { limited } from '../../plugins/rate-limit.ts'
import { toolStatus } from '../../tool-status.ts'
import { transcribe } from './transcribe.ts'

/** `POST /inference`, as the server of whisper.cpp has it; errors are `{"error": "text"}` there. */
export async function inference(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const { code, message } = toDomainError(cause, request)
    return reply.code(toolStatus(code)).send({ error: message })
  })
  takeForms(app)
  const authenticate = limited(deps, (request) => anyKey(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))
  transcribe(app, deps)
}
