import { lookup as systemLookup } from 'node:dns/promises'
import { request } from 'node:http'
import { connect, isIP, type Socket } from 'node:net'
import { isHostName, isPublicAddress } from './addresses.ts'
import { EgressError } from './error.ts'
import type { EgressPolicy } from './policy.ts'

const CONNECT_TIMEOUT_MS = 15_000

/** All addresses of a host. */
export type Lookup = (host: string) => Promise<string[]>

export interface EgressSettings {
  /** Connect here instead of to the address that was resolved. */
  dial?: { host: string; port: number } | undefined
  /** An HTTP proxy of the operator's (`http://[user:password@]host:port`), asked to connect to the host. */
  proxy?: string | undefined
  /** Resolves names; without it the system does, unless `dial` or `proxy` leave that to somebody else. */
  lookup?: Lookup | undefined
}

/**
 * Opens a connection to a host that the policy allows. The name is resolved once and the very address that
 * was vetted is dialled, so an answer that changes afterwards changes nothing.
 */
export type Dialer = (
  host: string,
  port: number,
  policy: EgressPolicy,
  signal: AbortSignal,
) => Promise<Socket>

const resolveAll: Lookup = async (host) =>
  (await systemLookup(host, { all: true })).map((each) => each.address)

export function createDialer(settings: EgressSettings): Dialer {
  return async (host, port, policy, signal) => {
    signal.throwIfAborted()
    if (!policy.ports.includes(port)) throw new EgressError('port', `port ${port} is not allowed`)
    if (!(policy.vouched || isHostName(host)) || !policy.allowsHost(host)) {
      throw new EgressError('host', `the host is not one of ${policy.name}`)
    }
    if (policy.vouched) return await open(await addressesOf(host, settings.lookup), port, signal)
    const addresses = await vettedAddresses(host, settings)
    signal.throwIfAborted()
    if (settings.dial) return await open([settings.dial.host], settings.dial.port, signal)
    if (settings.proxy) return await openThrough(new URL(settings.proxy), host, port, signal)
    return await open(addresses, port, signal)
  }
}

async function vettedAddresses(host: string, settings: EgressSettings): Promise<string[]> {
  if (isIP(host) !== 0) {
    if (!isPublicAddress(host)) throw new EgressError('address', 'the address is not a public one')
    return [host]
  }
  const lookup = settings.lookup ?? (settings.dial || settings.proxy ? null : resolveAll)
  if (!lookup) return []
  const vetted = (await addressesOf(host, lookup)).filter(isPublicAddress)
  if (vetted.length === 0)
    throw new EgressError('address', 'the host name leads to an address that is not public')
  return vetted
}

async function addressesOf(host: string, lookup: Lookup = resolveAll): Promise<string[]> {
  if (isIP(host) !== 0) return [host]
  const found = await lookup(host).catch((cause: unknown) => {
    throw new EgressError('dns', 'the host name cannot be resolved', { cause })
  })
  if (found.length === 0) throw new EgressError('dns', 'the host name has no address')
  return found
}

/** Tries the addresses in turn. */
async function open(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  let last: unknown
  for (const address of addresses) {
    try {
      return await openOne(address, port, signal)
    } catch (error) {
      signal.throwIfAborted()
      last = error
    }
  }
  throw new EgressError('connect', 'no connection could be made', { cause: last })
}

function openOne(address: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port })
    const settle = (error?: Error) => {
      socket.setTimeout(0).removeAllListeners()
      signal.removeEventListener('abort', abort)
      if (!error) return resolve(socket)
      // A late error of a socket that is given up must not end the process.
      socket.on('error', () => {}).destroy()
      reject(error)
    }
    const abort = () => settle(new Error('aborted'))
    signal.addEventListener('abort', abort, { once: true })
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => settle(new Error('timed out')))
    socket.once('error', settle)
    socket.once('connect', () => settle())
  })
}

function openThrough(proxy: URL, host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const target = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`
  const user = [proxy.username, proxy.password].map(decodeURIComponent).join(':')
  return new Promise((resolve, reject) => {
    const asked = request({
      host: proxy.hostname,
      port: proxy.port || 80,
      method: 'CONNECT',
      path: target,
      agent: false,
      signal,
      timeout: CONNECT_TIMEOUT_MS,
      headers: {
        host: target,
        ...(user === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(user).toString('base64')}` }),
      },
    })
    const fail = (cause: unknown) =>
      reject(new EgressError('connect', "the operator's proxy made no connection", { cause }))
    asked.once('timeout', () => asked.destroy(new Error('timed out')))
    asked.once('error', fail)
    asked.once('response', (response) => {
      asked.destroy()
      fail(new Error(`status ${response.statusCode}`))
    })
    asked.once('connect', (response, socket, head) => {
      if (response.statusCode !== 200) {
        socket.destroy()
        return fail(new Error(`status ${response.statusCode}`))
      }
      if (head.length > 0) socket.unshift(head)
      resolve(socket as Socket)
    })
    asked.end()
  })
}
