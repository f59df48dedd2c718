/** Whose request it is stands in each of its log lines; and, where the operator wants it, a line for every request. */
import type { FastifyInstance } from 'fastify'

export function requestLog(app: FastifyInstance, { logRequests }: { logRequests: boolean }): void {
  // Authentication comes before it.
  app.addHook('preValidation', async (request) => {
    const { traceparent } = request
    const trace = traceparent?.split('-')[1]
    if (request.ctx && traceparent && trace) request.ctx = { ...request.ctx, traceId: trace, traceparent }
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
