/** Real receivers in one's own network, over http and over https with a certificate of one's own authority. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificate } from '../../../test/support/platform-double/certificate.ts'
import { createGuard } from '../egress/index.ts'
import { createWebhookSender } from './guarded-sender.ts'

const never = new AbortController().signal

let dir: string
let caFile: string
let plain: Server
let secure: Server
let got: string[] = []
let headers: Record<string, string> = {}

const portOf = (server: Server): number => (server.address() as AddressInfo).port
const sender = (allowed: string[], ca?: string) =>
  createWebhookSender({ guard: createGuard({ caFile: ca }), allowed })

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-sender-'))
  const made = await makeCertificate(dir, ['localhost'])
  caFile = made.caFile
  const answer: RequestListener = (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      got.push(`${request.method} ${request.url} ${request.headers['webhook-id']} ${body}`)
      response.writeHead(200, headers).end('x'.repeat(Number(headers['content-length'] ?? 0)))
    })
  }
  plain = createServer(answer)
  secure = createTlsServer(made, answer)
  for (const each of [plain, secure])
    await new Promise<void>((listening) => each.listen(0, 'localhost', listening))
})
afterAll(async () => {
  for (const each of [plain, secure]) {
    each?.closeAllConnections()
    each?.close()
  }
  await rm(dir, { recursive: true, force: true })
})
beforeEach(() => {
  got = []
  headers = {}
})

const post = (url: string, allowed: string[], ca?: string) =>
  sender(allowed, ca).post(url, { 'webhook-id': 'evt_1' }, '{"é":1}', never)

describe('a receiver in the own network', () => {
  it('is reached over http at the port that is allowed', async () => {
    const at = `localhost:${portOf(plain)}`
    expect(await post(`http://${at}/hook?a=1`, [at])).toEqual({ status: 200 })
    expect(got).toEqual(['POST /hook?a=1 evt_1 {"é":1}'])
  })

  it('is believed over https where EARSHOT_EGRESS_CA vouches for its certificate, and only there', async () => {
    const at = `localhost:${portOf(secure)}`
    await expect(post(`https://${at}/`, [at])).rejects.toThrow('the connection broke')
    expect(got).toEqual([])
    expect(await post(`https://${at}/`, [at], caFile)).toEqual({ status: 200 })
  })

  it.each([
    ['at another port', (port: number) => [`localhost:${port + 1}`]],
    ['that is allowed without a port, at a port of its own', () => ['localhost']],
    ['under another name', (port: number) => [`127.0.0.1:${port}`]],
    ['where none is allowed', () => []],
  ])('%s is not reached', async (_, allowed) => {
    const port = portOf(secure)
    await expect(post(`https://localhost:${port}/`, allowed(port), caFile)).rejects.toThrow()
    expect(got).toEqual([])
  })

  it('is told from others by host and port, as URLs are written', () => {
    const { vet } = sender(['Hooks.LAN', 'both:443', '[::0:1]', 'web:80', 'own:8080'])
    for (const url of [
      'http://hooks.lan/x',
      'https://hooks.lan/',
      'https://hooks.lan:443/',
      'http://hooks.lan:80/',
      'https://both/',
      'http://both:443/',
      'https://[::1]/',
      'http://web/',
      'http://OWN:8080/',
      'https://own:8080/',
    ])
      expect(() => vet(url), url).not.toThrow()
    for (const url of [
      'http://hooks.lan:443/',
      'https://hooks.lan:80/',
      'https://hooks.lan:9200/',
      'http://both/',
      'http://web:8080/',
      'http://own/',
      'ftp://hooks.lan/',
      'http://hooks.lan.example/',
    ])
      expect(() => vet(url), url).toThrow(/must/)
  })

  it.each([
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0177.0.0.1/',
    'https://0x7f.1/',
    'https://127.1/',
    'https://127.0.0.1./',
    'https://10.0.0.1:8443/hook',
    'https://169.254.169.254/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[fd00::1]/',
    'https://localhost/',
    'https://LOCALHOST./',
    'https://hooks/',
    'https://nas.local/',
  ])('%s is refused from the start, unless it is named', (url) => {
    expect(() => sender([]).vet(url)).toThrow(/must lead to a public address.*EARSHOT_WEBHOOK_ALLOW/)
    expect(() => sender([new URL(url).host]).vet(url)).not.toThrow()
  })

  it.each([
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/',
    'https://[::ffff:8.8.8.8]/',
    'https://hooks.example.com:8443/',
    'https://localhost.example.com/',
  ])('%s is not', (url) => expect(() => sender([]).vet(url)).not.toThrow())
})

describe('an answer', () => {
  const answered = () => post(`http://localhost:${portOf(plain)}/`, [`localhost:${portOf(plain)}`])

  it('asks for a later try in seconds or with a date', async () => {
    headers = { 'retry-after': '90' }
    expect(await answered()).toEqual({ status: 200, retryAfterMs: 90_000 })
    const at = Date.now() + 3_600_000
    headers = { 'retry-after': new Date(at).toUTCString() }
    const { retryAfterMs } = await answered()
    // HTTP dates are whole seconds, and the request took some time.
    expect(retryAfterMs).toBeGreaterThan(3_500_000)
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000)
  })

  it('counts by its status, however much it says', async () => {
    headers = { 'content-length': '300000' }
    expect(await answered()).toEqual({ status: 200 })
  })
})
