import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { accept } from '../../../../domain/transcriptions/accept.ts'
import { waitForEnd } from '../../../../domain/transcriptions/watch.ts'
import type { HttpDeps } from '../../../context.ts'
import { type AudioForm, readForm } from '../form.ts'
import { requireModel } from '../models.ts'
import { present } from '../present.ts'

/** `POST /v1/audio/transcriptions`: the file becomes text; blocks until it is there. */
export function audio(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/audio/transcriptions', async (request, reply) => {
    const form = await readForm(deps, request, ({ model }) => requireModel(deps, model))
    return answer(deps, request, reply, form)
  })
}

async function answer(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, file: { media } }: AudioForm,
): Promise<FastifyReply> {
  const { id } = await accept(deps, request.ctx, {
    surface: 'openai',
    source: { kind: 'media', media },
    language: fields.language,
    model: fields.model,
    price: deps.policy.prices.soku,
    expectedSeconds: media.duration_ms / 1000,
    deadlineAt: deps.clock.now() + deps.policy.requestTimeoutMs,
  })
  const { contentType, body } = present(await waitForEnd(deps, id, request.gone), fields, 'transcribe')
  return reply.type(contentType).send(body)
}
