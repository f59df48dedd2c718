/** `earshot/client` as programs have it, the built file, against a real server that is killed in between. */
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ClientOptions, StreamEvent } from '../../src/client/index.ts'
import { type WebhookWithSecret, webhookEvent } from '../../src/contract/webhooks.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { type PlacedWord, toneAudio, toneProgramme, wav } from '../support/tone.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const BUILT = join(ROOT, 'dist/client/index.js')
const { ApiError, ConnectionError, Earshot, TranscriptionError, verifyWebhook, WebhookError } = (await import(
  BUILT
)) as typeof import('../../src/client/index.ts')

/** However slow the machine is, a server is back before this many tries. */
const PATIENT = { maxRetries: 60 }
const LONG_SECONDS = 600

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let port: string
let account: { accountId: string; apiKey: string }
const receiver = createServer()
const received: { headers: IncomingHttpHeaders; body: string }[] = []

const settings = () => ({
  EARSHOT_MODEL: folder.model,
  EARSHOT_SLOTS: '1',
  EARSHOT_WEBHOOK_ALLOW: `127.0.0.1:${(receiver.address() as AddressInfo).port}`,
})

beforeAll(async () => {
  receiver.on('request', async (request, response) => {
    const body = (await request.setEncoding('utf8').toArray()).join('')
    received.push({ headers: request.headers, body })
    response.writeHead(204).end()
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  folder = await testFolder()
  server = await startServer(folder.dataDir, settings())
  port = new URL(server.origin).port
  account = await newAccount(folder.dataDir)
})
afterAll(async () => {
  receiver.close()
  await server?.stop()
  await folder?.remove()
})

const client = (options: Partial<ClientOptions> = {}) =>
  new Earshot({ baseUrl: server.origin, apiKey: account.apiKey, ...PATIENT, ...options })

const recording = (words: PlacedWord[], seconds: number, name = 'tones.wav'): File =>
  new File([new Uint8Array(wav(toneAudio(words, seconds)))], name)

const said = (words: PlacedWord[]): string => words.map(({ word }) => word).join(' ')

/** SIGKILL, and a new start on the same port. */
async function crash(): Promise<void> {
  await server.kill()
  server = await startServer(folder.dataDir, { ...settings(), PORT: port })
}

describe('a whole transcription', () => {
  const words = toneProgramme(21, 20)

  it('tells all that happens, and gives the text and files', async () => {
    const events: StreamEvent[] = []
    const earshot = client()
    const done = await earshot.transcribe(
      recording(words, 20),
      { title: 'Tönes', language: 'en' },
      { onEvent: (event) => events.push(event) },
    )
    expect(done).toMatchObject({ state: 'succeeded', title: 'Tönes', transcript: { text: said(words) } })
    const kinds = [...new Set(events.map(({ type }) => type))]
    expect(kinds).toEqual(['upload', 'created', 'progress', 'segment', 'end'])
    expect(await earshot.export(done.id, 'txt')).toBe(`${said(words)}\n`)
    expect(await earshot.export(done.id, 'srt')).toMatch(/^1\n00:00:0\d,\d{3} --> /)
    expect(await earshot.export(done.id, 'txt', { times: true, speakers: undefined })).toMatch(
      /^\[00:00:0\d\] /,
    )
    expect([...(await earshot.export(done.id, 'docx')).slice(0, 2)]).toEqual([0x50, 0x4b])
    const { items } = await earshot.list({ q: words[0]!.word, limit: 1, language: 'en' })
    expect(items).toMatchObject([{ id: done.id }])
    expect(await earshot.delete(done.id)).toEqual({ id: done.id, outcome: 'removed' })
  })

  it('takes a base URL with /v1 and a slash, and keeps the name of a file', async () => {
    const earshot = client({ baseUrl: `${server.origin}/v1/` })
    const mediaId = await earshot.upload(recording(toneProgramme(28, 10), 10, 'Gespräch – 1.wav'))
    expect(await earshot.create({ mediaId })).toMatchObject({ title: 'Gespräch – 1.wav' })
    expect(await earshot.capabilities()).toMatchObject({ price: { kind: 'per_minute' } })
    expect((await earshot.credits()).posted).toBeGreaterThan(0)
  })
})

describe('the server is killed', () => {
  it('in the middle of an upload: it goes on with what the server has', async () => {
    const words = toneProgramme(22, LONG_SECONDS)
    let begun = 0
    let crashed: Promise<void> | undefined
    const offsets: number[] = []
    const earshot = client({
      fetch: async (url, init) => {
        const offset = Number((init.headers as Record<string, string>)['upload-offset'])
        if (init.method === 'POST') begun++
        if (init.method === 'PATCH') offsets.push(offset)
        if (offset > 1_000_000) crashed ??= crash()
        return fetch(url, init)
      },
    })
    const progress: number[] = []
    const mediaId = await earshot.upload(recording(words, LONG_SECONDS), {
      onProgress: ({ sent, total }) => progress.push(sent / total),
    })
    await crashed
    expect(begun).toBe(1)
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
    expect(offsets.filter((at) => at === 0)).toHaveLength(1)
    const { id } = await earshot.create({ mediaId })
    expect((await earshot.wait(id)).transcript?.text).toBe(said(words))
  })

  it('in the middle of the work: the events go on, none is missed or told twice', async () => {
    const words = toneProgramme(23, LONG_SECONDS)
    const earshot = client()
    const segments: string[] = []
    let pct = 0
    let crashed: Promise<void> | undefined
    for await (const event of earshot.stream(recording(words, LONG_SECONDS))) {
      if (event.type === 'progress') {
        expect(event.pct).toBeGreaterThanOrEqual(pct)
        pct = event.pct
      }
      if (event.type === 'end') expect(event.state).toBe('succeeded')
      if (event.type !== 'segment') continue
      expect(event.index).toBe(segments.length)
      segments.push(event.text)
      crashed ??= crash()
    }
    await crashed
    expect(segments.join(' ')).toBe(said(words))
  })

  it('for good: an error says that nobody answers', async () => {
    const nobody = new Earshot({ baseUrl: 'http://127.0.0.1:1025', apiKey: 'none', maxRetries: 1 })
    await expect(nobody.credits()).rejects.toThrow(ConnectionError)
    await expect(nobody.credits()).rejects.toThrow(
      /^No answer from http:\/\/127\.0\.0\.1:1025\/v1: .*ECONNREFUSED/,
    )
  })
})

it('an answer that is lost is asked for again, and nothing is begun twice', async () => {
  const words = toneProgramme(24, 5)
  const keys: string[] = []
  const earshot = client({
    fetch: async (url, init) => {
      const response = await fetch(url, init)
      const key = (init.headers as Record<string, string>)['idempotency-key']
      if (key === undefined) return response
      keys.push(key)
      if (keys.length <= 2) throw new TypeError('the network went away')
      return response
    },
  })
  const mediaId = await earshot.upload(recording(words, 5))
  const { id } = await earshot.create({ mediaId })
  expect(new Set(keys).size).toBe(1)
  expect(keys).toHaveLength(3)
  const { items } = await earshot.list({ mediaId })
  expect(items.map((item) => item.id)).toEqual([id])
})

describe('an upload goes on another time', () => {
  const words = toneProgramme(25, 60)

  it('where it was left, by its id', async () => {
    const stop = new AbortController()
    let uploadId = ''
    const left = client().upload(recording(words, 60), {
      signal: stop.signal,
      onProgress: (progress) => {
        uploadId = progress.uploadId
        if (progress.sent > 0) stop.abort(new Error('enough'))
      },
    })
    await expect(left).rejects.toThrow('enough')
    const sent: number[] = []
    await client().upload(recording(words, 60), { uploadId, onProgress: (now) => sent.push(now.sent) })
    expect(sent[0]).toBeGreaterThan(0)
  })

  it('from the beginning where the server has forgotten it', async () => {
    const sent: number[] = []
    const options = { uploadId: 'upl_forgotten', onProgress: (now: { sent: number }) => sent.push(now.sent) }
    expect(await client().upload(recording(words, 60), options)).toMatch(/^media_/)
    expect(sent[0]).toBe(0)
  })
})

describe('errors', () => {
  async function refused(work: Promise<unknown>): Promise<unknown> {
    return work.then(
      () => expect.unreachable(),
      (error: unknown) => error,
    )
  }

  it('have the code, the status and the request, and are not tried again', async () => {
    let tries = 0
    const options: Partial<ClientOptions> = {
      apiKey: 'sk_live_wrong',
      fetch: (url, init) => {
        tries++
        return fetch(url, init)
      },
    }
    const error = await refused(client(options).credits())
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ name: 'ApiError', status: 401, code: 'key.invalid' })
    expect((error as InstanceType<typeof ApiError>).requestId).toMatch(/^req_/)
    expect(tries).toBe(1)
  })

  it('say what is wrong with a field or a file', async () => {
    expect(await refused(client().create({ mediaId: 'media_none' }))).toMatchObject({
      status: 404,
      code: 'resource.not_found',
    })
    expect(await refused(client().upload(new File(['no sound'], 'a.txt')))).toMatchObject({
      status: 400,
      code: 'media.not_media',
    })
    expect(await refused(client().get('tj_none'))).toMatchObject({ status: 404 })
  })

  it('tell of a transcription that ended without a text', async () => {
    const earshot = client()
    const mediaId = await earshot.upload(recording(toneProgramme(26, LONG_SECONDS), LONG_SECONDS))
    const { id } = await earshot.create({ mediaId })
    const waiting = refused(earshot.wait(id))
    expect(await earshot.delete(id)).toMatchObject({ outcome: 'cancelled' })
    const error = await waiting
    expect(error).toBeInstanceOf(TranscriptionError)
    expect(error).toMatchObject({
      code: 'transcription.cancelled',
      transcription: { id, state: 'cancelled' },
    })
  })

  it('wait as long as the server asks, and no longer than anybody would', async () => {
    const busy = (seconds: string) =>
      new Response('{"error": {"message": "Too much.", "details": {"reasonCode": "rate.limited"}}}', {
        status: 429,
        headers: { 'retry-after': seconds },
      })
    const answers = [busy('0'), new Response('{"posted": 5}')]
    expect(await client({ fetch: async () => answers.shift()! }).credits()).toEqual({ posted: 5 })
    const error = await refused(client({ fetch: async () => busy('3600') }).credits())
    expect(error).toMatchObject({ code: 'rate.limited', retryAfterSeconds: 3600, message: 'Too much.' })
  })
})

it('does what docs/client.md shows', async () => {
  const shown = readFileSync(join(ROOT, 'docs/client.md'), 'utf8').matchAll(/^```js\n(.*?)^```$/gms)
  const script = [...shown].map(([, code]) => code).join('\n')
  const path = join(folder.model, 'shown.mjs')
  writeFileSync(
    path,
    script
      .replaceAll("'earshot/client'", `'${BUILT}'`)
      .replace('http://localhost:8080', server.origin)
      .replace('hello.mp4', join(folder.model, 'hello.mp4')),
  )
  const { stdout } = await promisify(execFile)(process.execPath, [path], {
    cwd: ROOT,
    env: { EARSHOT_KEY: account.apiKey },
  })
  for (const line of [
    /^\d+ of \d+ bytes$/m,
    /^transcribing: \d+ %$/m,
    /^succeeded$/m,
    /^404 resource\.not_found req_/m,
  ])
    expect(stdout).toMatch(line)
})

describe('webhooks', () => {
  it('are verified as they come', async () => {
    const native = nativeClient(server.origin, account.apiKey)
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
    const { body: endpoint } = await native.call<WebhookWithSecret>('POST', '/webhooks', { url })
    const words = toneProgramme(27, 5)
    const { id } = await client().transcribe(recording(words, 5))
    await native.call('POST', `/webhooks/${endpoint.id}/test`)
    await vi.waitUntil(() => received.length >= 2, { timeout: 60_000 })
    const events = await Promise.all(
      received.map(({ body, headers }) => verifyWebhook(body, headers, endpoint.secret)),
    )
    for (const event of events) expect(webhookEvent.parse(event)).toEqual(event)
    expect(events.map(({ type }) => type).sort()).toEqual(['transcription.succeeded', 'webhook.test'])
    expect(events.find(({ type }) => type !== 'webhook.test')).toMatchObject({ data: { id } })

    const { body, headers } = received[0]!
    const bytes = new TextEncoder().encode(body)
    const fields = new Headers(headers as Record<string, string>)
    const others = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', endpoint.secret]
    expect(await verifyWebhook(bytes, fields, others)).toEqual(events[0])
    const wrong = [
      () => verifyWebhook(`${body} `, headers, endpoint.secret),
      () => verifyWebhook(body, headers, others[0]!),
      () => verifyWebhook(body, headers, 'nonsense!'),
      () => verifyWebhook(body, { ...headers, 'webhook-id': 'evt_other' }, endpoint.secret),
      () => verifyWebhook(body, { ...headers, 'webhook-signature': undefined }, endpoint.secret),
      () => verifyWebhook(body, { ...headers, 'webhook-timestamp': '1' }, endpoint.secret),
      () => verifyWebhook(body, headers, endpoint.secret, { toleranceSeconds: -1 }),
    ]
    for (const each of wrong) await expect(each()).rejects.toThrow(WebhookError)
  })
})
