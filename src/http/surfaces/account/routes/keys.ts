import type { FastifyInstance } from 'fastify'
import {
  type CreateKeyReply,
  createKeyBody,
  type KeyReply,
  type ListKeysReply,
} from '../../../../contract/account.ts'
import { issueKey } from '../../../../domain/keys/issue.ts'
import { listKeys } from '../../../../domain/keys/list.ts'
import { revokeKey } from '../../../../domain/keys/revoke.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { key } from '../present.ts'

/** `/v1/api-keys`: make, list, revoke. A key is shown once, so its answer is never stored for a replay. */
export function keys(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/api-keys', async (request, reply) => {
    const { expiresAt, ...rest } = parse(createKeyBody, request.body)
    const { apiKey, row } = await issueKey(deps, request.ctx, {
      ...rest,
      ...(expiresAt !== undefined && { expiresAt: Date.parse(expiresAt) }),
    })
    const answer: CreateKeyReply = { apiKey, ...key(row, deps.clock.now()) }
    return reply.code(201).header('cache-control', 'no-store').send(answer)
  })

  app.get('/api-keys', async (request): Promise<ListKeysReply> => {
    const now = deps.clock.now()
    return { items: (await listKeys(deps, request.ctx)).map((row) => key(row, now)) }
  })

  app.delete<{ Params: { id: string } }>(
    '/api-keys/:id',
    async (request): Promise<KeyReply> =>
      key(await revokeKey(deps, request.ctx, request.params.id), deps.clock.now()),
  )
}
