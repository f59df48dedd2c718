import type { FastifyInstance } from 'fastify'
import { transcribeBody } from '../../../../contract/soku.ts'
import { getMedia } from '../../../../domain/media/get.ts'
import { accept } from '../../../../domain/transcriptions/accept.ts'
import { waitForEnd } from '../../../../domain/transcriptions/watch.ts'
import { requireAble } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { madeBy } from '../../../made-by.ts'
import { parse } from '../../../parse.ts'
import { idempotent, settled } from '../../../plugins/idempotency.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { transcription } from '../present.ts'

/** `POST /v1/ai/transcribe`: a file of the media library becomes text; blocks until it is there. */
export function transcribe(app: FastifyInstance, deps: HttpDeps): void {
  const preHandler = [idempotent(deps), endpointLimit(deps, 'transcribe')]
  app.post('/ai/transcribe', { preHandler }, async (request, reply) => {
    const { mediaId, language, model, durationSeconds = 0 } = parse(transcribeBody, request.body)
    const wishes = await requireAble(deps, { model, language })
    const media = await getMedia(deps, request.ctx.accountId, mediaId)
    const { id } = await accept(deps, request.ctx, {
      surface: 'soku',
      source: { kind: 'media', media },
      wishes,
      price: deps.policy.prices.soku,
      // The hold covers the longer of what the client says and what was measured; the real length is charged.
      expectedSeconds: Math.max(durationSeconds, media.duration_ms / 1000),
      deadlineAt: deps.clock.now() + deps.policy.requestTimeoutMs,
    })
    const row = settled(request, await waitForEnd(deps, id, request.gone))
    reply.headers(madeBy(row))
    return transcription(row)
  })
}
