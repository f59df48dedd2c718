import { readdirSync } from 'node:fs'
import helmet from '@fastify/helmet'
import { fastifyStatic } from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { WebSettings } from './context.ts'

const PAGE = /\.html$/

/** The documentation, as it was built: `/docs`, and `/docs/{page}`. It loads nothing but its own files. */
export async function docs(app: FastifyInstance, { docsDir, publicUrl }: WebSettings): Promise<void> {
  if (docsDir === undefined) return
  const https = publicUrl?.startsWith('https:') === true
  await app.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: POLICY },
      strictTransportSecurity: https ? { maxAge: 180 * 24 * 3600 } : false,
      frameguard: { action: 'deny' },
      referrerPolicy: { policy: 'same-origin' },
      crossOriginEmbedderPolicy: false,
      crossOriginOpenerPolicy: https,
    })
    await scope.register(fastifyStatic, {
      root: docsDir,
      prefix: '/docs/',
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
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
