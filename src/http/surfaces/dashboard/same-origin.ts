import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { WebSettings } from '../../context.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * What changes something must come from our own page. Browsers say where a request comes from, in
 * `Sec-Fetch-Site` and `Origin`; a request that says neither is not a browser's and has no business here.
 * @throws DomainError `session.origin`
 */
export function requireSameOrigin(request: FastifyRequest, { publicUrl }: WebSettings): void {
  if (SAFE.has(request.method)) return
  const { origin, host, 'sec-fetch-site': site } = request.headers
  if (site === 'same-origin') return
  if (site === undefined && origin !== undefined && isOurs(origin, host, publicUrl)) return
  throw new DomainError(
    'session.origin',
    'This request does not come from the dashboard’s own page. Programs use /v1 with an API key.',
  )
}

function isOurs(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const { host: from } = new URL(origin)
  return from === host || (publicUrl !== undefined && new URL(publicUrl).origin === origin)
}
