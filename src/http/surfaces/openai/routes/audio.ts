import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Task } from '../../../../domain/tables.ts'
import { accept } from '../../../../domain/transcriptions/accept.ts'
import { waitForEnd } from '../../../../domain/transcriptions/watch.ts'
import { requireAble } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { createClaim, requireKey, settled } from '../../../plugins/idempotency.ts'
import { claimOrDrop } from '../../../receive-media.ts'
import { type AudioForm, readAudioForm, wishesIn } from '../form.ts'
import { present } from '../present.ts'
import { joinEarlierTry } from '../tries.ts'

/**
 * `POST /v1/audio/transcriptions`: the file becomes text; `POST /v1/audio/translations`: English text. Both
 * block until it is there, or until the request's time is up: the work then goes on, and under the same key,
 * or as an SDK's next try, the request finds it again.
 */
export function audio(app: FastifyInstance, deps: HttpDeps): void {
  for (const [path, task] of [
    ['/audio/transcriptions', 'transcribe'],
    ['/audio/translations', 'translate'],
  ] as const) {
    const claim = createClaim(deps)
    app.post(path, { preHandler: requireKey }, async (request, reply) => {
      const form = await readAudioForm(deps, request, (fields) => requireAble(deps, wishesIn(fields, task)))
      const claimIt = () => claim(request, reply, form.content)
      if (await claimOrDrop(deps, request, form.file, claimIt)) return reply
      await joinEarlierTry(deps, request, form.content)
      return answer(deps, request, reply, form, task)
    })
  }
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
  })
  const until = deps.clock.now() + deps.policy.requestTimeoutMs
  const row = await waitForEnd(deps, id, request.gone, { until })
  // An SDK's try leaves its work to be found, not its answer.
  const ended = request.ctx.once?.work ? row : settled(request, row)
  const { contentType, body } = present(ended, fields, task)
  return reply.type(contentType).send(body)
}
