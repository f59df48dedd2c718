/** Whose request it is stands in each of its log lines; and, where the operator wants it, a line for every request. */
import type { FastifyInstance } from 'fastify'

/** W3C's `traceparent`: version, trace id, parent id, flags. An id of zeros is none. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

export function requestLog(app: FastifyInstance, { logRequests }: { logRequests: boolean }): void {
  // Authentication comes before it.
  app.addHook('preValidation', async (request) => {
    const { traceparent } = request.headers
    const trace = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined
    if (request.ctx && trace) request.ctx = { ...request.ctx, traceId: trace }
    if (!request.ctx && !trace) return
    request.log = request.log.child({
      ...(request.ctx && { account: request.ctx.accountId, key: request.ctx.keyId }),
      ...(trace && { trace }),
    })
  })
  if (!logRequests) return
  app.addHook('onResponse', async ({ log, method, routeOptions }, reply) => {
    // The route's pattern, not the path: that of a shared transcript is a secret.
    const what = { method, route: routeOptions.url ?? 'none', status: reply.statusCode }
    log.info({ ...what, ms: Math.round(reply.elapsedTime) }, 'request')
  })
}
