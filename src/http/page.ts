import { join } from 'node:path'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { BUILT_FILES } from './built-files.ts'
import type { WebSettings } from './context.ts'
import { pageHeaders } from './page-headers.ts'

/** Vite puts a hash of the content into these files' names. */
const HASHED = 'assets'
const YEAR_MS = 365 * 24 * 3_600_000

/**
 * The built page and its routes: every address that a browser opens and that is no file is the page's own to
 * show. The policy lets it load nothing from elsewhere and run no script but its files; Mantine writes
 * styles into the document, hence the one exception.
 */
export async function page(app: FastifyInstance, web: WebSettings): Promise<void> {
  const { pageDir } = web
  if (pageDir === undefined) return
  await app.register(async (scope) => {
    await pageHeaders(scope, web, policy)
    await scope.register(fastifyStatic, {
      root: pageDir,
      ...BUILT_FILES,
      globIgnore: [...BUILT_FILES.globIgnore, `${HASHED}/**`],
      setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
    })
    // One route for all of them: with one for each of some three hundred, their routes took a tenth of a start.
    await scope.register(fastifyStatic, {
      root: join(pageDir, HASHED),
      ...BUILT_FILES,
      prefix: `/${HASHED}/`,
      wildcard: true,
      decorateReply: false,
      setHeaders: (reply) => reply.header('cache-control', `public, max-age=${YEAR_MS / 1000}, immutable`),
    })
    scope.setNotFoundHandler((request, reply) =>
      isPage(request)
        ? reply.sendFile('index.html')
        : reply.code(404).send({ error: `There is no ${request.method} ${pathOf(request)} here.` }),
    )
  })
}

const policy = (https: boolean) => ({
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'media-src': ["'self'", 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  ...(https && { 'upgrade-insecure-requests': [] }),
})

/** A program that mistypes an address gets an error, and no page. */
const isPage = (request: FastifyRequest): boolean =>
  request.method === 'GET' &&
  /\btext\/html\b/.test(request.headers.accept ?? '') &&
  !/\.\w+$/.test(pathOf(request))

const pathOf = ({ url }: FastifyRequest): string => url.split('?')[0] ?? ''
