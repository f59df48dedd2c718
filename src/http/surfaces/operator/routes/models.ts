import type { FastifyInstance } from 'fastify'
import { modelPulls } from '../../../../domain/operator/pulls.ts'
import { removeModel } from '../../../../domain/operator/remove-model.ts'
import type { HttpDeps } from '../../../context.ts'

interface ByName {
  Params: { name: string }
}

/** The models of this machine: which there are, and fetching them. */
export function models(app: FastifyInstance, deps: HttpDeps): void {
  const pulls = modelPulls(deps.models, deps.stopping)
  app.get('/models', async () => ({ models: await pulls.list() }))
  app.post<ByName>('/models/:name/pull', async (request, reply) => {
    await pulls.start(request.params.name)
    return reply.code(202).send({ models: await pulls.list() })
  })
  app.delete<ByName>('/models/:name/pull', async (request, reply) => {
    pulls.stop(request.params.name)
    return reply.code(204).send()
  })
  app.delete<ByName>('/models/:name', async (request, reply) => {
    await removeModel(deps, request.params.name)
    return reply.code(204).send()
  })
  app.put<ByName>('/models/:name/default', async (request, reply) => {
    await pulls.use(request.params.name)
    return reply.code(204).send()
  })
}
