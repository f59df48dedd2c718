import type { FastifyInstance } from 'fastify'
import type { CapabilitiesReply } from '../../../../contract/native.ts'
import type { HttpDeps } from '../../../context.ts'
import { canDiarize, enginesAtWork } from '../../../engines.ts'

/** `GET /v1/capabilities`: what a client may offer before it asks. */
export function capabilities(app: FastifyInstance, deps: HttpDeps): void {
  const { policy } = deps
  app.get('/capabilities', async (): Promise<CapabilitiesReply> => {
    const engines = await enginesAtWork(deps)
    return {
      models: engines.map(({ model, standIn, wordTimes, translates, prompts, languages }) => ({
        name: model,
        standIn,
        wordTimes,
        translates,
        prompts,
        languages,
      })),
      diarizes: await canDiarize(deps),
      price: policy.prices.soku,
      defaultMode: policy.defaultMode,
      maxUploadBytes: policy.maxUploadBytes,
      maxMediaSeconds: policy.maxMediaSeconds,
    }
  })
}
