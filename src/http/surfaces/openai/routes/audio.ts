import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Task } from '../../../../domain/tables.ts'
import { accept } from '../../../../domain/transcriptions/accept.ts'
import { waitForEnd } from '../../../../domain/transcriptions/watch.ts'
import { requireAble } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { type AudioForm, readForm, wishesIn } from '../form.ts'
import { present } from '../present.ts'

/**
 * `POST /v1/audio/transcriptions`: the file becomes text; `POST /v1/audio/translations`: English text. Both
 * block until it is there.
 */
export function audio(app: FastifyInstance, deps: HttpDeps): void {
  for (const [path, task] of [
    ['/audio/transcriptions', 'transcribe'],
    ['/audio/translations', 'translate'],
  ] as const)
    app.post(path, async (request, reply) => {
      const form = await readForm(deps, request, (fields) => requireAble(deps, wishesIn(fields, task)))
      return answer(deps, request, reply, form, task)
    })
}

async function answer(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, file: { media } }: AudioForm,
  task: Task,
): Promise<FastifyReply> {
  const { id } = await accept(deps, request.ctx, {
    surface: 'openai',
    source: { kind: 'media', media },
    wishes: wishesIn(fields, task),
    price: deps.policy.prices.soku,
    expectedSeconds: media.duration_ms / 1000,
    deadlineAt: deps.clock.now() + deps.policy.requestTimeoutMs,
  })
  const { contentType, body } = present(await waitForEnd(deps, id, request.gone), fields, task)
  return reply.type(contentType).send(body)
}
