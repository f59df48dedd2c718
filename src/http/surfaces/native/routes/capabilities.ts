import type { FastifyInstance } from 'fastify'
import type { CapabilitiesReply } from '../../../../contract/native.ts'
import { readForecast } from '../../../../domain/transcriptions/forecast/read.ts'
import type { HttpDeps } from '../../../context.ts'
import { canDiarize, canMakeVideos, enginesAtWork } from '../../../engines.ts'

/** `GET /v1/capabilities`: what a client may offer before it asks. */
export function capabilities(app: FastifyInstance, deps: HttpDeps): void {
  const { policy } = deps
  app.get('/capabilities', async ({ ctx }): Promise<CapabilitiesReply> => {
    const engines = await enginesAtWork(deps)
    const { speeds, secondsAhead } = await readForecast(deps, ctx.accountId)
    return {
      models: engines.map(({ model, standIn, wordTimes, translates, prompts, languages }) => ({
        name: model,
        standIn,
        wordTimes,
        translates,
        prompts,
        languages,
        speed: speeds.get(model) ?? null,
      })),
      diarizes: await canDiarize(deps),
      makesVideos: await canMakeVideos(deps),
      price: policy.prices.soku,
      secondsAhead,
      defaultMode: policy.defaultMode,
      maxUploadBytes: policy.maxUploadBytes,
      maxMediaSeconds: policy.maxMediaSeconds,
    }
  })
}
