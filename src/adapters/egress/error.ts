/**
 * `host`, `port`, `protocol`: the policy does not allow it. `address`: it leads to a private or special
 * address. `dns`, `connect`, `broken`: the network. `bytes`, `time`: a cap was reached. `redirects`: too many.
 */
export type EgressErrorCode =
  | 'host'
  | 'port'
  | 'protocol'
  | 'address'
  | 'dns'
  | 'connect'
  | 'broken'
  | 'bytes'
  | 'time'
  | 'redirects'

/** The guard lets it through as little the next time: nothing was sent, and nothing will be. */
const REFUSED: ReadonlySet<EgressErrorCode> = new Set(['host', 'port', 'protocol', 'address'])

export const isRefused = (error: unknown): boolean => error instanceof EgressError && REFUSED.has(error.code)

export class EgressError extends Error {
  readonly code: EgressErrorCode
  constructor(code: EgressErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EgressError'
    this.code = code
  }
}
