import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'
import type { WebSettings } from './context.ts'

type Policy = Record<string, string[]>

/**
 * Sets the headers of pages for browsers on every route of a scope.
 * @param policy the Content-Security-Policy, by whether the server is reached over https
 */
export async function pageHeaders(
  scope: FastifyInstance,
  { publicUrl }: WebSettings,
  policy: (https: boolean) => Policy,
): Promise<void> {
  const https = publicUrl?.startsWith('https:') === true
  await scope.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: policy(https) },
    strictTransportSecurity: https ? { maxAge: 180 * 24 * 3600 } : false,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    // Browsers ignore this over plain http, with a warning.
    crossOriginOpenerPolicy: https,
  })
}
