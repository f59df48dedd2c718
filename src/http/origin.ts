import type { FastifyRequest } from 'fastify'
import type { WebSettings } from './context.ts'

/**
 * Where links in answers lead. What the operator says comes first: the header `Host` is whatever the client, or
 * somebody between, put there. Without it the header is believed as far as it is a name or an address.
 */
export function originOf({ publicUrl }: WebSettings, { protocol, host, socket }: FastifyRequest): string {
  if (publicUrl !== undefined) return publicUrl
  const asked = `${protocol}://${host}`
  const { origin, href }: Partial<URL> = URL.canParse(asked) ? new URL(asked) : {}
  // A name and perhaps a port, which some proxies say though it is the usual one.
  if (origin !== undefined && href === `${origin}/`) return origin
  const { localAddress = 'localhost', localPort } = socket
  return `${protocol}://${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`
}
