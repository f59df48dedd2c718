import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A body of JSON is handed on as the text that came: to parse a long one here would keep everybody waiting. */
    unparsed?: true
  }
}

/**
 * JSON as clients send it: many libraries name its type, or that of a form, on every request, also where there is no
 * body, and some begin it with a byte order mark.
 */
export function jsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  // Text is what `fetch` calls JSON that nobody named: better refused for that than for what is in it.
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    const json = (text as string).replace(/^\uFEFF/, '')
    if (json.trim() === '') done(null, undefined)
    else if (request.routeOptions.config.unparsed) done(null, json)
    else parse(request, json, done)
  })
  app.addHook('onRequest', async ({ raw, server }) => {
    const type = raw.headers['content-type']
    if (type !== undefined && hasNoBody(raw.headers) && !server.hasContentTypeParser(type))
      delete raw.headers['content-type']
  })
}

const hasNoBody = (headers: IncomingHttpHeaders): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
