import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAwake } from '../../processes/awake-limit.ts'
import type { Dialer } from './dialer.ts'
import { EgressError, type EgressErrorCode } from './error.ts'
import type { EgressPolicy } from './policy.ts'

const IDLE_MS = 60_000
const MAX_TUNNELS = 32
/** Connections that may follow each other at once, and a second after those: a loop in the child must not storm. */
const BURST = 100
const PER_SECOND = 20

export interface GuardProxyOptions {
  dialer: Dialer
  policy: EgressPolicy
  /** Of all tunnels together, both directions. */
  maxBytes: number
  /** After this the proxy closes, whatever is going on. */
  timeoutMs: number
}

/** A proxy for one job's child process: loopback, one token, CONNECT only. */
export interface GuardProxy {
  /** With the token in it: `http://job:…@127.0.0.1:…`. */
  url: string
  /** What the guard refused or cut off first, if anything: the cause behind the child's own complaint. */
  tripped(): EgressErrorCode | null
  close(): Promise<void>
}

export async function openGuardProxy(options: GuardProxyOptions): Promise<GuardProxy> {
  const token = randomBytes(24).toString('base64url')
  const expected = Buffer.from(`Basic ${Buffer.from(`job:${token}`).toString('base64')}`)
  const ending = new AbortController()
  const sockets = new Set<Duplex>()
  let bytes = 0
  let tripped: EgressErrorCode | null = null
  const turn = pacer()

  const trip = (code: EgressErrorCode) => {
    tripped ??= code
  }
  const cutOff = (code: EgressErrorCode) => {
    trip(code)
    ending.abort(new EgressError(code, 'the guard closed the connection'))
    for (const socket of sockets) socket.destroy()
  }
  const hold = <S extends Duplex>(socket: S): S => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    return socket
  }
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > options.maxBytes) cutOff('bytes')
  }

  async function tunnel(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    const refuse = (status: string) => client.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`)
    const given = Buffer.from(request.headers['proxy-authorization'] ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return void refuse('407 Proxy Authentication Required')
    }
    const target = /^([a-z\d._-]+):(\d{1,5})$/i.exec(request.url ?? '')
    if (!target || sockets.size > MAX_TUNNELS * 2) {
      trip('host')
      return void refuse('403 Forbidden')
    }
    try {
      const host = target[1]!.toLowerCase()
      await sleep(turn(), undefined, { signal: ending.signal })
      if (client.destroyed) return
      const server = hold(await options.dialer(host, Number(target[2]), options.policy, ending.signal))
      if (client.destroyed) return void server.destroy()
      server.setTimeout(IDLE_MS, () => server.destroy())
      client.once('close', () => server.destroy())
      server.once('close', () => client.end())
      server.on('data', count)
      client.on('data', count)
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      if (head.length > 0) client.unshift(head)
      server.pipe(client)
      client.pipe(server)
    } catch (error) {
      const code = error instanceof EgressError ? error.code : 'connect'
      trip(code)
      refuse(code === 'dns' || code === 'connect' ? '502 Bad Gateway' : '403 Forbidden')
    }
  }

  const server = createServer((_, response) => {
    trip('protocol')
    response.writeHead(403, { connection: 'close' }).end()
  })
  server.on('connect', (request, client, head) => void tunnel(request, client, head))
  server.on('connection', hold)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const stopLimit = afterAwake(options.timeoutMs, () => cutOff('time'))
  return {
    url: `http://job:${token}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    tripped: () => tripped,
    async close() {
      stopLimit()
      ending.abort(new EgressError('time', 'the job is over'))
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** How long (ms) the next connection has to wait for its turn. */
function pacer(): () => number {
  const interval = 1000 / PER_SECOND
  let next = 0
  return () => {
    const now = performance.now()
    next = Math.max(next, now - BURST * interval) + interval
    return Math.max(0, next - now)
  }
}
