/**
 * Pages of other origins, where the operator lets them in (`EARSHOT_CORS`): the APIs that take a key, and never the
 * dashboard’s, which a browser’s cookie would open. Nothing here carries a cookie, so credentials are not allowed.
 */
import type { FastifyInstance } from 'fastify'
import type { WebSettings } from '../context.ts'

const PUBLIC = /^\/(v1|api\/public|openai|mcp|asr|detect-language|inference)(\/|$)|^\/openapi\.json$/
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE'
const PREFLIGHT_SECONDS = 7200
/** What a page may read besides the body. */
const EXPOSED = [
  'Allow, Content-Disposition, Content-Range, ETag, Location, Retry-After, X-Request-Id, X-Should-Retry',
  'Idempotency-Key, Idempotent-Replayed',
  'RateLimit, RateLimit-Policy, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-RateLimit-Tier',
  'Earshot-Model, Earshot-Reused, Earshot-Stand-In, Earshot-Media-Id, Tus-Extension, Tus-Max-Size, Tus-Resumable, Tus-Version, Upload-Expires, Upload-Length',
  'Upload-Metadata, Upload-Offset',
].join(', ')

/** For the whole app, before anybody is asked for a key: a preflight carries none. */
export function cors(app: FastifyInstance, { cors: allowed }: WebSettings): void {
  if (allowed === undefined) return
  app.addHook('onRequest', async ({ method, headers, url }, reply) => {
    if (!PUBLIC.test(url.split('?')[0] ?? '')) return undefined
    if (allowed !== '*') reply.header('vary', 'Origin')
    const { origin, 'access-control-request-method': wanted } = headers
    if (origin === undefined) return undefined
    const known = allowed === '*' || allowed.includes(origin)
    if (known) reply.header('access-control-allow-origin', allowed === '*' ? '*' : origin)
    if (method !== 'OPTIONS' || wanted === undefined) {
      if (known) reply.header('access-control-expose-headers', EXPOSED)
      return undefined
    }
    if (known)
      reply.headers({
        'access-control-allow-methods': METHODS,
        // SDKs send headers of their own; a key is asked for in any case.
        'access-control-allow-headers':
          headers['access-control-request-headers'] ?? 'Authorization, Content-Type',
        'access-control-max-age': String(PREFLIGHT_SECONDS),
      })
    return reply.code(204).send()
  })
}
