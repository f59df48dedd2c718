import type { FastifyInstance } from 'fastify'
import { type NewRunnerReply, newRunnerBody, type OperatorRunners } from '../../../../contract/operator.ts'
import { createRunner, listRunners, revokeRunner } from '../../../../domain/runners/tokens.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'

/** Machines that may hear for this server. */
export function runners(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/runners', async () => ({ runners: await listRunners(deps) }) satisfies OperatorRunners)
  app.post('/runners', async (request, reply) =>
    reply
      .code(201)
      .send((await createRunner(deps, parse(newRunnerBody, request.body))) satisfies NewRunnerReply),
  )
  app.delete<{ Params: { id: string } }>('/runners/:id', async (request, reply) => {
    await revokeRunner(deps, request.params.id)
    return reply.code(204).send()
  })
}
