/** The egress guard under attack: whatever is asked of it, connections go where the policy says, or nowhere. */
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createGuard,
  EgressError,
  type Guard,
  platformPolicy,
  readBody,
  remoteMediaPolicy,
} from '../../src/adapters/egress/index.ts'
import { resolveLink } from '../../src/adapters/fetcher/resolve.ts'
import { makeCertificate } from '../support/platform-double/certificate.ts'

const NAMES = ['www.youtube.com', 't.co', 'media.example']
const CAPS = { maxBytes: 1 << 20, timeoutMs: 10_000 }
const never = new AbortController().signal

/** Places inside, and things that are no places. */
const INSIDE = [
  ...[
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
  ],
  ...[
    'https://0x7f000001/',
    'https://0/',
    'https://10.0.0.1/',
    'https://192.168.1.1/',
    'https://172.16.0.1/',
  ],
  ...['https://[::1]/', 'https://[::]/', 'https://[::ffff:127.0.0.1]/', 'https://[::ffff:7f00:1]/'],
  ...[
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
  ],
  ...['http://169.254.169.254/latest/meta-data/', 'https://169.254.169.254/', 'https://100.100.100.200/'],
  ...['https://localhost/', 'https://localhost.localdomain/', 'https://a.localhost/', 'https://intranet/'],
  ...['https://metadata.google.internal/', 'https://printer.local/', 'https://router.lan/'],
  ...['https://user:password@www.youtube.com/', 'https://www.youtube.com:22/', 'https://www.youtube.com./'],
  ...['file:///etc/passwd', 'ftp://www.youtube.com/', 'gopher://127.0.0.1:6379/_x', 'javascript:alert(1)'],
  ...['data:text/plain,x', 'https://', 'https://[', 'https://www.youtube.com%00/', 'https://a b/'],
]

/** Places outside that belong to no platform, whatever they look like. */
const OUTSIDE = [
  ...['https://www.youtube.com.evil.example/', 'https://evil-youtube.com/', 'https://youtube.co/'],
  ...['https://www.youtube.com@evil.example/', 'https://xn--yutube-bg7b.com/', 'https://yоutube.com/'],
  ...['https://www.youtube.com%2eevil.example/', '//evil.example/', 'https://www.youtube.com:8443/'],
  ...['http://www.youtube.com/', 'https://1.1.1.1/', 'https://[2606:4700:4700::1111]/'],
]

/**
 * Every place at the first redirect and at the last that is followed; between them some, for each costs a handshake a hop:
 * all of them took ten processor seconds.
 */
const placesAfter = (hops: number, all: readonly string[]): readonly string[] =>
  hops === 0 || hops === 4 ? all : all.filter((_, k) => k % 10 === hops)

let dir: string
let caFile: string
let internet: Server
let port: number
let guard: Guard
let connections = 0
let requests: string[] = []
let answer: (url: string) => { location?: string; body?: string | 'endless' | 'silent' | 'dripping' }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-guard-'))
  const made = await makeCertificate(dir, NAMES)
  caFile = made.caFile
  internet = createServer(made, (asked, response) => {
    const url = `https://${asked.headers.host}${asked.url}`
    requests.push(url)
    const { location, body = '' } = answer(url)
    // Servers send the bytes of what they mean.
    if (location !== undefined)
      return response.writeHead(302, { location: Buffer.from(location).toString('latin1') }).end()
    if (body === 'silent') return response.flushHeaders()
    if (body === 'dripping') {
      const drip = setInterval(() => response.write('x'), 10)
      return response.once('close', () => clearInterval(drip))
    }
    if (body !== 'endless') return response.end(body)
    const more = (): void => {
      while (!response.destroyed && response.write(Buffer.alloc(1 << 14)));
    }
    response.on('drain', more)
    more()
  })
  internet.on('connection', () => connections++)
  await new Promise<void>((done) => internet.listen(0, '127.0.0.1', done))
  port = (internet.address() as AddressInfo).port
  guard = guardWith()
})
afterAll(async () => {
  internet.closeAllConnections()
  await new Promise((done) => internet.close(done))
  await rm(dir, { recursive: true, force: true })
})
beforeEach(() => {
  connections = 0
  requests = []
  answer = () => ({ body: 'hello' })
})

/** Dials the server above in place of every address; names are looked up as `lookup` says. */
const guardWith = (lookup?: (host: string) => Promise<string[]>): Guard =>
  createGuard({ dial: { host: '127.0.0.1', port }, caFile, lookup })

const failure = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => null).catch((e: unknown) => e)
const policy = platformPolicy('youtube')

describe('a request', () => {
  it('reaches what the policy allows', async () => {
    const response = await guard.get({ url: 'https://www.youtube.com/x', policy, signal: never, ...CAPS })
    expect((await readBody(response)).toString()).toBe('hello')
    expect(requests).toEqual(['https://www.youtube.com/x'])
  })

  it.each([...INSIDE, ...OUTSIDE].map((url) => [url]))('for %s reaches nothing', async (url) => {
    expect(await failure(guard.get({ url, policy, signal: never, ...CAPS }))).toBeInstanceOf(EgressError)
    expect(connections).toBe(0)
  })

  it.each(INSIDE.map((url) => [url]))('for any media at all does not reach %s', async (url) => {
    const asked = guard.get({ url, policy: remoteMediaPolicy, signal: never, ...CAPS })
    expect(await failure(asked)).toBeInstanceOf(EgressError)
    expect(connections).toBe(0)
  })

  it.each([0, 1, 2, 3, 4])('is not led elsewhere by the redirect after %i others', async (hops) => {
    for (const target of placesAfter(hops, [...INSIDE, ...OUTSIDE])) {
      requests = []
      answer = (url) => {
        const at = Number(new URL(url).searchParams.get('hop'))
        return { location: at < hops ? `https://www.youtube.com/?hop=${at + 1}` : target }
      }
      const asked = guard.get({ url: 'https://www.youtube.com/?hop=0', policy, signal: never, ...CAPS })
      expect(await failure(asked), target).toBeInstanceOf(EgressError)
      expect(requests).toHaveLength(hops + 1)
    }
  })

  it('ends at its caps: bytes, whatever length was promised, and time', async () => {
    answer = () => ({ body: 'endless' })
    const url = 'https://www.youtube.com/'
    const endless = await guard.get({ url, policy, signal: never, ...CAPS })
    expect(await failure(readBody(endless))).toMatchObject({ code: 'bytes' })
    answer = () => ({ body: 'silent' })
    const silent = await guard.get({ url, policy, signal: never, maxBytes: 1, timeoutMs: 200 })
    expect(await failure(readBody(silent))).toMatchObject({ code: 'time' })
  })

  it('gives up who drips, and waits for its own reader', async () => {
    const pace = { bytes: 1000, ms: 200 }
    const url = 'https://www.youtube.com/'
    answer = () => ({ body: 'dripping' })
    const dripping = await guard.get({ url, policy, signal: never, ...CAPS, pace })
    expect(await failure(readBody(dripping))).toMatchObject({ code: 'time' })
    answer = () => ({ body: 'quick '.repeat(10_000) })
    const quick = await guard.get({ url, policy, signal: never, ...CAPS, pace })
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await readBody(quick)).toHaveLength(60_000)
  })
})

describe('a short link', () => {
  const resolve = (): Promise<unknown> =>
    resolveLink(guard, { platform: null, url: 'https://t.co/aaaa0' }, never)

  it('that ends at a video is that video', async () => {
    answer = () => ({ location: 'https://youtu.be/dQw4w9WgXcQ?si=x' })
    expect(await resolve()).toMatchObject({ platform: 'youtube', id: 'dQw4w9WgXcQ' })
  })

  it.each([0, 1, 2, 3, 4])('leads nowhere else after %i hops', async (hops) => {
    const places = [...INSIDE, ...OUTSIDE, 'https://www.youtube.com/playlist?list=PL1']
    for (const target of placesAfter(hops, places)) {
      requests = []
      answer = (url) => {
        const at = Number(url.at(-1))
        return { location: at < hops ? `https://t.co/aaaa${at + 1}` : target }
      }
      expect(await failure(resolve()), target).toMatchObject({ code: 'unsupported_link' })
      expect(requests).toHaveLength(hops + 1)
    }
  })
})

describe('names', () => {
  const url = 'https://media.example/'
  const ask = (lookup: (host: string) => Promise<string[]>): Promise<unknown> =>
    failure(guardWith(lookup).get({ url, policy: remoteMediaPolicy, signal: never, ...CAPS }))

  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['169.254.169.254'],
    ['::1'],
    ['::ffff:192.168.0.1'],
    ['fd00:ec2::254'],
    ['0.0.0.0'],
  ])('that lead to %s reach nothing', async (address) => {
    expect(await ask(async () => [address])).toMatchObject({ code: 'address' })
    expect(connections).toBe(0)
  })

  it('are looked up once a connection, so that a second answer changes nothing', async () => {
    const answers = ['8.8.8.8', '127.0.0.1']
    expect(await ask(async () => [answers.shift()!])).toBe(null)
    expect(answers).toEqual(['127.0.0.1'])
  })

  it('that have changed by the next redirect are refused there', async () => {
    answer = () => ({ location: '/again' })
    const answers = ['8.8.8.8', '127.0.0.1']
    expect(await ask(async () => [answers.shift()!])).toMatchObject({ code: 'address' })
    expect(requests).toEqual([url])
  })

  it('without an address, or without an answer, reach nothing', async () => {
    expect(await ask(async () => [])).toMatchObject({ code: 'dns' })
    expect(await ask(async () => Promise.reject(new Error('SERVFAIL')))).toMatchObject({ code: 'dns' })
    expect(connections).toBe(0)
  })
})

describe('the proxy of a job', () => {
  const open = (caps: Partial<typeof CAPS> = {}) => guard.openProxy({ policy, ...CAPS, ...caps })
  const credentials = (url: string): string => {
    const { username, password } = new URL(url)
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  }

  /** The status of a CONNECT, and what it opened. */
  function tunnel(url: string, target: string, authorization = credentials(url)) {
    return new Promise<{ status: number; socket: Socket }>((done, failed) => {
      const asked = request({
        host: '127.0.0.1',
        port: new URL(url).port,
        method: 'CONNECT',
        path: target,
        agent: false,
        headers: { ...(authorization && { 'proxy-authorization': authorization }) },
      })
      asked.on('connect', ({ statusCode = 0 }, socket) =>
        done({ status: statusCode, socket: socket as Socket }),
      )
      asked.on('error', failed)
      asked.end()
    })
  }

  it.each([
    ...[
      '127.0.0.1:443',
      '[::1]:443',
      '::1:443',
      '0177.0.0.1:443',
      '2130706433:443',
      '0x7f.1:443',
      'localhost:443',
    ],
    ...['169.254.169.254:443', '169.254.169.254:80', '1.1.1.1:443', 'metadata.google.internal:443'],
    ...[
      'www.youtube.com:80',
      'www.youtube.com:22',
      'www.youtube.com:0',
      'www.youtube.com:99999',
      'www.youtube.com',
    ],
    ...[
      'www.youtube.com.evil.example:443',
      'evil-youtube.com:443',
      'www.youtube.com.:443',
      'www.tiktok.com:443',
    ],
    ...[
      'www.youtube.com%00.evil.example:443',
      'www.youtube.com@127.0.0.1:443',
      'https://www.youtube.com:443',
    ],
    ...['www.youtube.com:443:443', '.youtube.com:443', '-.youtube.com:443', '/:443', '*:443'],
  ])('refuses %s', async (target) => {
    const proxy = await open()
    try {
      const { status, socket } = await tunnel(proxy.url, target)
      socket.destroy()
      expect(status).toBe(403)
      expect(proxy.tripped()).not.toBe(null)
      expect(connections).toBe(0)
    } finally {
      await proxy.close()
    }
  })

  it('opens nothing without its own token, or after the job', async () => {
    const [proxy, other] = [await open(), await open()]
    for (const wrong of ['', 'Basic eDp5', credentials(other.url), credentials(proxy.url).toLowerCase()]) {
      const { status, socket } = await tunnel(proxy.url, 'www.youtube.com:443', wrong)
      socket.destroy()
      expect(status).toBe(407)
    }
    await Promise.all([proxy.close(), other.close()])
    expect(await failure(tunnel(proxy.url, 'www.youtube.com:443'))).toMatchObject({ code: 'ECONNREFUSED' })
    expect(connections).toBe(0)
  })

  it('is no proxy for plain requests', async () => {
    const proxy = await open()
    const status = await new Promise((done) => {
      const headers = { 'proxy-authorization': credentials(proxy.url) }
      const options = { host: '127.0.0.1', port: new URL(proxy.url).port, headers }
      request({ ...options, path: 'http://169.254.169.254/latest/meta-data/' }, (response) => {
        response.resume()
        done(response.statusCode)
      }).end()
    })
    await proxy.close()
    expect(status).toBe(403)
    expect(connections).toBe(0)
  })

  it('closes every tunnel at its caps and at its end', async () => {
    const closed = (socket: Socket): Promise<unknown> =>
      new Promise((done) => socket.once('close', done).resume())
    const small = await open({ maxBytes: 1000 })
    const first = await tunnel(small.url, 'www.youtube.com:443')
    const firstClosed = closed(first.socket)
    expect(first.status).toBe(200)
    first.socket.write(Buffer.alloc(2000))
    await firstClosed
    expect(small.tripped()).toBe('bytes')

    const short = await open({ timeoutMs: 100 })
    const second = await tunnel(short.url, 'WWW.YouTube.com:443')
    expect(second.status).toBe(200)
    await closed(second.socket)
    expect(short.tripped()).toBe('time')

    const whole = await open()
    const third = await tunnel(whole.url, 'www.youtube.com:443')
    const thirdClosed = closed(third.socket)
    await whole.close()
    await thirdClosed
    expect(whole.tripped()).toBe(null)
    await Promise.all([small.close(), short.close()])
  })
})
