/** Where a piece of work may go: decided before anything is sent. */
import { platformHosts } from '../../domain/links/index.ts'
import type { Platform } from '../../ports/fetcher.ts'

export interface EgressPolicy {
  /** For error messages and logs. */
  name: string
  /** Gets the host in lower case, or an address without brackets. */
  allowsHost(host: string): boolean
  protocols: readonly ('https:' | 'http:')[]
  ports: readonly number[]
  /** The operator vouched for the host: it may have any address, and is reached directly. */
  vouched?: boolean
}

/** A host is allowed when it is one of these or lies below one. */
const below =
  (suffixes: readonly string[]) =>
  (host: string): boolean =>
    suffixes.some((suffix) => host === suffix || host.endsWith(`.${suffix}`))

export const platformPolicy = (platform: Platform): EgressPolicy => ({
  name: platform,
  allowsHost: below(platformHosts(platform)),
  protocols: ['https:'],
  ports: [443],
})

/** Exactly these hosts. */
export const hostsPolicy = (name: string, allowsHost: (host: string) => boolean): EgressPolicy => ({
  name,
  allowsHost,
  protocols: ['https:'],
  ports: [443],
})

/** A media file that a user names: any public host, http as well. */
export const remoteMediaPolicy: EgressPolicy = {
  name: 'remote media',
  allowsHost: () => true,
  protocols: ['https:', 'http:'],
  ports: [80, 443, 8080, 8443],
}

/** A webhook's receiver: any public host. */
export const webhookPolicy: EgressPolicy = {
  name: 'webhook',
  allowsHost: () => true,
  protocols: ['https:'],
  ports: [443, 8443],
}

/** A server that is posted to: any public host. */
export const postPolicy: EgressPolicy = { ...webhookPolicy, name: 'posts' }

/** A receiver that the operator named, in a network of his own: plain http will do. */
export const vouchedPolicy = (host: string, port: number): EgressPolicy => ({
  name: 'webhook',
  allowsHost: (asked) => asked === host,
  protocols: ['https:', 'http:'],
  ports: [port],
  vouched: true,
})
