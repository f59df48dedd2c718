import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { Api } from '../../../mcp/api.ts'
import type { HttpDeps } from '../../context.ts'
import { eitherHeader } from '../../either-header.ts'
import { toDomainError } from '../../errors.ts'
import { limited } from '../../plugins/rate-limit.ts'
import { toolStatus } from '../../tool-status.ts'

/** JSON-RPC's number for what the server itself says. */
const SERVER_ERROR = -32_000

/** Tools for assistants (Model Context Protocol, streamable HTTP), without sessions. */
export async function mcp(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  app.setErrorHandler((cause, request, reply) => {
    const { code, message } = toDomainError(cause, request)
    const status = toolStatus(code)
    if (status === 401) reply.header('www-authenticate', 'Bearer')
    return reply.code(status).send({ jsonrpc: '2.0', error: { code: SERVER_ERROR, message }, id: null })
  })
  const authenticate = limited(deps, (request) => eitherHeader(deps, request))
  app.addHook('preParsing', (request) => authenticate(request))

  app.post('/mcp', async (request, reply) => {
    // The SDK takes a while to load, and few ask for it.
    const { answer } = await import('../../../mcp/over-http.ts')
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    await answer(request.raw, reply.raw, request.body, within(app, deps, request))
  })
  for (const method of ['GET', 'DELETE'] as const)
    app.route({ method, url: '/mcp', handler: (_request, reply) => refuse(reply) })
}

/** There is no stream of the server's own, and no session that could be ended. */
function refuse(reply: FastifyReply): never {
  reply.header('allow', 'POST')
  throw new DomainError('request.method', '/mcp takes POST only.', { allow: 'POST' })
}

/** The native API with the key of whoever asks: what it may not do, its tools may not do. */
function within(app: FastifyInstance, { stopping }: HttpDeps, { headers, ip }: FastifyRequest): Api {
  const { authorization, 'soku-api-key': own } = headers
  const key = {
    ...(authorization !== undefined && { authorization }),
    ...(own !== undefined && { 'soku-api-key': own }),
  }
  return {
    async ask(method, path, { body, headers: more, signal } = {}) {
      for (const each of [signal, stopping]) each?.throwIfAborted()
      const answer = await app.inject({
        method,
        url: `/v1${path}`,
        headers: { ...more, ...key },
        remoteAddress: ip,
        ...(body !== undefined && { payload: body as object }),
      })
      return {
        status: answer.statusCode,
        contentType: String(answer.headers['content-type'] ?? ''),
        body: answer.rawPayload,
      }
    },
  }
}
