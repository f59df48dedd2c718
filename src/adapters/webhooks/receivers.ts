/** Receivers in the operator's own network, as `EARSHOT_WEBHOOK_ALLOW` names them: `HOST` or `HOST:PORT`. */
import { bareHost, type EgressPolicy, vouchedPolicy } from '../egress/index.ts'

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'https:': 443, 'http:': 80 }

export const portOf = (url: URL): number => Number(url.port || DEFAULT_PORTS[url.protocol])

/** Which URLs lead to one of them. A name without a port stands for https on 443 and http on 80, no other. */
export function receivers(named: readonly string[]): (url: URL) => boolean {
  const all = named.map(read)
  return (url) =>
    url.protocol in DEFAULT_PORTS &&
    all.some(
      ({ host, port }) => host === url.hostname && portOf(url) === (port ?? DEFAULT_PORTS[url.protocol]),
    )
}

/** What the guard is asked to let through: to one of them its own host and port, to all others what holds for anybody. */
export function policyFor(named: readonly string[], others: EgressPolicy): (url: URL) => EgressPolicy {
  const isAllowed = receivers(named)
  return (url) => (isAllowed(url) ? vouchedPolicy(bareHost(url), portOf(url)) : others)
}

/** What a host must be on that the guard would refuse, and what the operator can do about it. */
export const outside = (setting: 'EARSHOT_WEBHOOK_ALLOW' | 'EARSHOT_POST_ALLOW'): string =>
  `a public address; for a host in the server’s own network, its operator names it in ${setting}`

/** @throws TypeError where the host is none */
function read(named: string): { host: string; port: number | undefined } {
  const [, port] = /:(\d{1,5})$/.exec(named) ?? []
  const host = port === undefined ? named : named.slice(0, -port.length - 1)
  // As URLs have it: lower case, punycode, the shortest form of an IPv6 address.
  return { host: new URL(`http://${host}`).hostname, port: port === undefined ? undefined : Number(port) }
}
