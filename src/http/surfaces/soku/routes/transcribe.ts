import type { FastifyInstance } from 'fastify'
import { transcribeBody } from '../../../../contract/soku.ts'
import { getMedia } from '../../../../domain/media/get.ts'
import { accept } from '../../../../domain/transcriptions/accept.ts'
import { waitForEnd } from '../../../../domain/transcriptions/watch.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { transcription } from '../present.ts'

/** `POST /v1/ai/transcribe`: a file of the media library becomes text; blocks until it is there. */
export function transcribe(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/ai/transcribe', async (request) => {
    const { mediaId, language, model } = parse(transcribeBody, request.body)
    const media = await getMedia(deps, request.ctx.accountId, mediaId)
    const { id } = await accept(deps, request.ctx, {
      surface: 'soku',
      source: { kind: 'media', media },
      language,
      model,
      price: deps.policy.prices.soku,
      expectedSeconds: media.duration_ms / 1000,
      deadlineAt: deps.clock.now() + deps.policy.requestTimeoutMs,
    })
    return transcription(await waitForEnd(deps, id, request.gone))
  })
}
