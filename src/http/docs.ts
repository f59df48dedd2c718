import { readdirSync } from 'node:fs'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { BUILT_FILES } from './built-files.ts'
import type { WebSettings } from './context.ts'
import { pageHeaders } from './page-headers.ts'

const PAGE = /\.html$/

/** The documentation, as it was built: `/docs`, and `/docs/{page}`. It loads nothing but its own files. */
export async function docs(app: FastifyInstance, web: WebSettings): Promise<void> {
  const { docsDir } = web
  if (docsDir === undefined) return
  await app.register(async (scope) => {
    await pageHeaders(scope, web, () => POLICY)
    await scope.register(fastifyStatic, {
      root: docsDir,
      prefix: '/docs/',
      ...BUILT_FILES,
      setHeaders: (reply) => reply.header('cache-control', 'no-cache'),
    })
    for (const file of readdirSync(docsDir).filter((name) => PAGE.test(name))) {
      const name = file.replace(PAGE, '')
      scope.get(name === 'index' ? '/docs' : `/docs/${name}`, (_, reply) => reply.sendFile(file))
    }
    scope.get('/docs/', (_, reply) => reply.redirect('/docs', 308))
  })
}

const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'"],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
}
