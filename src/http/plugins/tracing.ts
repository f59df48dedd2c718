/** Reads which trace a request belongs to; with tracing on, adds a span for the request. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Span, Tracer } from '../../ports/tracer.ts'

/** W3C's `traceparent`: version, trace id, parent id, flags. Ids of only zeros are invalid. */
const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/
/** Requested every few seconds by monitoring. */
const NOT_TRACED = new Set(['/healthz', '/readyz', '/metrics'])

declare module 'fastify' {
  interface FastifyRequest {
    traceparent: string | undefined
  }
}

export function tracing(app: FastifyInstance, tracer: Tracer | undefined): void {
  app.decorateRequest('traceparent', undefined)
  app.addHook('onRequest', async (request) => {
    const { traceparent } = request.headers
    if (typeof traceparent === 'string' && TRACEPARENT.test(traceparent)) request.traceparent = traceparent
  })
  if (tracer) spans(app, tracer)
}

function spans(app: FastifyInstance, tracer: Tracer): void {
  const open = new WeakMap<FastifyRequest, Span>()

  app.addHook('onRequest', async (request) => {
    const { method, routeOptions, id } = request
    // The route's pattern instead of the path, since the path of a shared transcript contains its token.
    const route = routeOptions.url
    if (route === undefined || NOT_TRACED.has(route)) return
    const span = tracer.start(`${method} ${route}`, {
      kind: 'server',
      parent: request.traceparent,
      attributes: { 'http.request.method': method, 'http.route': route, 'earshot.request': id },
    })
    open.set(request, span)
    request.traceparent = span.traceparent
  })
  app.addHook('onResponse', async (request, { statusCode }) => {
    const span = open.get(request)
    span?.set({
      'http.response.status_code': statusCode,
      ...(request.ctx && { 'earshot.account': request.ctx.accountId }),
    })
    if (statusCode >= 500) span?.fail(String(statusCode))
    end(request)
  })
  app.addHook('onRequestAbort', async (request) => {
    open.get(request)?.fail('the client went away')
    end(request)
  })

  function end(request: FastifyRequest): void {
    open.get(request)?.end()
    open.delete(request)
  }
}
