import type { FastifyInstance } from 'fastify'
import type { HttpDeps } from '../../../context.ts'
import { modelNames, requireModel } from '../../../models.ts'

/** `GET /v1/models` and `GET /v1/models/{model}`: what `model` may say. Names of the hub's have an owner before them. */
export function models(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/models', async () => ({ object: 'list', data: (await modelNames(deps)).map(model) }))
  const known = async (name: string) => {
    await requireModel(deps, name)
    return model(name)
  }
  app.get<{ Params: { model: string } }>('/models/:model', ({ params }) => known(params.model))
  app.get<{ Params: { model: string; name: string } }>('/models/:model/:name', ({ params }) =>
    known(`${params.model}/${params.name}`),
  )
}

/** Nobody here knows when a model was made; OpenAI's clients want a number. */
const model = (id: string) => ({ id, object: 'model', created: 0, owned_by: 'earshot' })
