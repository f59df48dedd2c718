/** The only way out to the internet. */
import { readFileSync } from 'node:fs'
import { createSecureContext, rootCertificates } from 'node:tls'
import { createDialer, type EgressSettings } from './dialer.ts'
import type { EgressPolicy } from './policy.ts'
import { type GuardProxy, openGuardProxy } from './proxy.ts'
import { type GuardedRequest, type GuardedResponse, guardedGet, guardedRequest } from './request.ts'

export { bareHost, mayBePublic } from './addresses.ts'
export { EgressError, isRefused } from './error.ts'
export * from './policy.ts'
export type { GuardProxy } from './proxy.ts'
export { type GuardedRequest, type GuardedResponse, readBody, redirectOf } from './request.ts'

export interface GuardSettings extends EgressSettings {
  /** A PEM file of CA certificates to trust as well. */
  caFile?: string | undefined
}

export interface Guard {
  /** One request; redirects are not followed. @throws EgressError */
  request(asked: GuardedRequest): Promise<GuardedResponse>
  /** GET that follows at most five redirects, each vetted. @throws EgressError */
  get(asked: Omit<GuardedRequest, 'method' | 'body'>): Promise<GuardedResponse>
  /** A proxy for a child process, to be closed when that has ended. */
  openProxy(options: { policy: EgressPolicy; maxBytes: number; timeoutMs: number }): Promise<GuardProxy>
  /** All certificates to trust, as PEM, where the operator added some. */
  caBundle: string | null
}

/** @throws Error where `caFile` cannot be read */
export function createGuard(settings: GuardSettings): Guard {
  const dialer = createDialer(settings)
  const ca = settings.caFile ? [...rootCertificates, readFileSync(settings.caFile, 'utf8')] : undefined
  // Made once: reading all those certificates takes longer than most requests.
  const secureContext = ca && createSecureContext({ ca })
  return {
    request: (asked) => guardedRequest({ dialer, secureContext }, asked),
    get: (asked) => guardedGet({ dialer, secureContext }, asked),
    openProxy: (options) => openGuardProxy({ dialer, ...options }),
    caBundle: ca ? `${ca.join('\n')}\n` : null,
  }
}
