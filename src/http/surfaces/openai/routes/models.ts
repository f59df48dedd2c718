import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../../context.ts'
import { modelNames, requireModel } from '../../../models.ts'

/** `GET /v1/models` and `GET /v1/models/{model}`: what `model` may say. */
export function models(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/models', async () => ({ object: 'list', data: (await modelNames(deps)).map(model) }))
  app.get<{ Params: { model: string } }>('/models/:model', async (request) => {
    await requireModel(deps, request.params.model)
    return model(request.params.model)
  })
}

/** Nobody here knows when a model was made; OpenAI's clients want a number. */
const model = (id: string) => ({ id, object: 'model', created: 0, owned_by: 'earshot' })
