import type { FastifyInstance } from 'fastify'
import {
  type ConnectPostAccountReply,
  connectPostAccountBody,
  type ListPostAccountsReply,
  type PostAccountReply,
} from '../../../../contract/posts.ts'
import {
  type ConnectInput,
  connectAccount,
  listPostAccounts,
  removePostAccount,
} from '../../../../domain/posts/accounts.ts'
import { checkPostAccount } from '../../../../domain/posts/check-account.ts'
import type { PostAccountRow } from '../../../../domain/posts/tables.ts'
import { limitsOf } from '../../../../domain/posts/targets.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { iso } from '../present.ts'

/** `/v1/post-accounts`: accounts on other platforms that are posted to. */
export function postAccounts(app: FastifyInstance, deps: HttpDeps): void {
  app.get(
    '/post-accounts',
    async ({ ctx }): Promise<ListPostAccountsReply> => ({
      items: (await listPostAccounts(deps, ctx)).map(presentAccount),
    }),
  )
  // Each asks somebody else's server whether a secret is right: so many a minute, and not more.
  app.post('/post-accounts', { preHandler: endpointLimit(deps, 'posts') }, async (request, reply) => {
    const input = inputOf(parse(connectPostAccountBody, request.body))
    const { account, webhookSecret } = await connectAccount(deps, request.ctx, input, request.gone)
    const answer: ConnectPostAccountReply = { ...presentAccount(account), secret: webhookSecret }
    return reply.code(201).send(answer)
  })
  app.post<{ Params: { id: string } }>(
    '/post-accounts/:id/test',
    { preHandler: endpointLimit(deps, 'posts') },
    async ({ ctx, params, gone }) => presentAccount(await checkPostAccount(deps, ctx, params.id, gone)),
  )
  app.delete<{ Params: { id: string } }>('/post-accounts/:id', async ({ ctx, params }, reply) => {
    await removePostAccount(deps, ctx, params.id)
    return reply.code(204).send()
  })
}

function inputOf(body: ReturnType<typeof connectPostAccountBody.parse>): ConnectInput {
  const { platform } = body
  if (platform === 'mastodon') return { platform, server: body.server, secret: body.accessToken }
  if (platform === 'webhook') return { platform, server: body.url }
  return { platform, server: body.server, identifier: body.identifier, secret: body.appPassword }
}

const presentAccount = (row: PostAccountRow): PostAccountReply => ({
  id: row.id,
  platform: row.platform,
  server: row.server,
  handle: row.handle,
  characterLimit: limitsOf(row).graphemes,
  createdAt: iso(row.created_at),
})
