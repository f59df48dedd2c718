import type { FastifyInstance } from 'fastify'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { readWaveform } from '../../../../domain/transcriptions/waveform.ts'
import type { HttpDeps } from '../../../context.ts'

/** `GET /v1/transcriptions/{id}/waveform`: how loud the recording is at each moment. */
export function waveform(app: FastifyInstance, deps: HttpDeps): void {
  app.get<{ Params: { id: string } }>('/transcriptions/:id/waveform', async ({ ctx, params }) => {
    const { id } = await getTranscription(deps, ctx.accountId, params.id)
    return readWaveform(deps, id)
  })
}
