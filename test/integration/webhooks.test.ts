/** Webhooks as a receiver sees them, verified with the specification's own library. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type {
  DeliveryReply,
  ListDeliveriesReply,
  WebhookReply,
  WebhookWithSecret,
} from '../../src/contract/webhooks.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** Answers as it is told to, in turn, then with 204. */
class Receiver {
  readonly received: Received[] = []
  readonly answers: { status: number; headers?: Record<string, string> }[] = []
  readonly #server: Server

  constructor() {
    this.#server = createServer((request, response) => {
      let body = ''
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text
      })
      request.on('end', () => {
        this.received.push({ path: request.url ?? '', headers: request.headers, body })
        const { status, headers } = this.answers.shift() ?? { status: 204 }
        response.writeHead(status, headers).end()
      })
    })
  }

  async listen(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async got(count: number): Promise<Received[]> {
    await vi.waitUntil(() => this.received.length >= count, { timeout: 15_000, interval: 20 })
    return this.received
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

const receiver = new Receiver()
let address: string
let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient
let mediaId: string

beforeAll(async () => {
  address = await receiver.listen()
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_WEBHOOK_ALLOW: address,
  })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
  receiver.close()
})
beforeEach(async () => {
  receiver.received.length = 0
  receiver.answers.length = 0
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = nativeClient(server.origin, apiKey)
  const file = new Uint8Array(wav(toneAudio(toneProgramme(1, 3), 3)))
  mediaId = (await upload(server.origin, apiKey, file)).body.mediaId
})

async function register(body: Record<string, unknown> = {}): Promise<WebhookWithSecret> {
  const made = await client.call<WebhookWithSecret>('POST', '/webhooks', {
    url: `http://${address}/hook`,
    ...body,
  })
  expect(made.status).toBe(201)
  return made.body
}

async function transcribe(): Promise<string> {
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })
  await client.ended(body.id)
  return body.id
}

const verify = (secret: string, { headers, body }: Received): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

const deliveries = async (id: string): Promise<DeliveryReply[]> =>
  (await client.call<ListDeliveriesReply>('GET', `/webhooks/${id}/deliveries`)).body.items

/** The delivery once what it waits for has happened. */
async function delivery(id: string, when: (d: DeliveryReply) => boolean): Promise<DeliveryReply> {
  return vi.waitUntil(async () => (await deliveries(id)).find(when), { timeout: 15_000, interval: 50 })
}

/** As if the time of the next attempt had come. */
function hurry(): void {
  const db = new DatabaseSync(join(folder.dataDir, 'earshot.db'), { timeout: 10_000 })
  db.prepare(`update webhook_deliveries set next_at = 1 where state = 'pending'`).run()
  db.close()
}

describe('an event', () => {
  it('is sent when a transcription has ended, signed, thin, and noted as delivered', async () => {
    const { id, secret } = await register()
    const transcription = await transcribe()
    const [sent] = await receiver.got(1)
    expect(verify(secret, sent!)).toEqual({
      type: 'transcription.succeeded',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      data: {
        id: transcription,
        state: 'succeeded',
        title: 'audio.wav',
        durationSeconds: 3,
        creditsDebited: 1,
        modelUsed: expect.any(String),
        standIn: false,
        reused: false,
      },
    })
    expect(sent!.headers['content-type']).toBe('application/json')
    expect(await delivery(id, (d) => d.state === 'succeeded')).toMatchObject({
      eventId: sent!.headers['webhook-id'],
      eventType: 'transcription.succeeded',
      attempts: 1,
      lastStatus: 204,
      payload: sent!.body,
    })
  })

  it('goes only to who asked for its type, and to no other account', async () => {
    await register({ events: ['transcription.failed'] })
    const { id } = await register({ url: `http://${address}/all` })
    await transcribe()
    await delivery(id, (d) => d.state === 'succeeded')
    expect(receiver.received.map((r) => r.path)).toEqual(['/all'])
  })

  it('of a cancelled transcription says so', async () => {
    const { secret } = await register({ events: ['transcription.cancelled'] })
    const long = new Uint8Array(wav(toneAudio([], 900)))
    const { body } = await upload(server.origin, apiKey, long)
    const made = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId: body.mediaId })
    const ended = await client.call('DELETE', `/transcriptions/${made.body.id}`)
    expect(ended.body).toMatchObject({ outcome: 'cancelled' })
    const [sent] = await receiver.got(1)
    expect(verify(secret, sent!)).toMatchObject({
      type: 'transcription.cancelled',
      data: { error: 'transcription.cancelled', creditsDebited: 0 },
    })
  })

  it('is tried again under the same id until it is taken; redirects are not followed', async () => {
    const { id, secret } = await register()
    receiver.answers.push(
      { status: 500 },
      { status: 302, headers: { location: `http://${address}/elsewhere` } },
      { status: 503, headers: { 'retry-after': '3600' } },
    )
    await client.call('POST', `/webhooks/${id}/test`)
    // An attempt is counted when it begins; its status says that it has ended.
    for (const status of [500, 302, 503]) {
      const waiting = await delivery(id, (d) => d.lastStatus === status && d.state === 'pending')
      expect(waiting.nextAttemptAt).not.toBeNull()
      if (status === 503) {
        const wait = Date.parse(waiting.nextAttemptAt!) - Date.parse(waiting.createdAt)
        expect(wait).toBeGreaterThanOrEqual(3_600_000)
      }
      hurry()
    }
    await delivery(id, (d) => d.state === 'succeeded')
    const sent = await receiver.got(4)
    expect(new Set(sent.map((r) => r.headers['webhook-id'])).size).toBe(1)
    expect(sent.map((r) => r.path)).toEqual(['/hook', '/hook', '/hook', '/hook'])
    for (const each of sent) expect(verify(secret, each)).toMatchObject({ type: 'webhook.test' })
  })

  it('answered 410 disables the endpoint, until its owner enables it', async () => {
    const { id } = await register()
    receiver.answers.push({ status: 410 })
    await transcribe()
    await delivery(id, (d) => d.state === 'failed')
    const gone = (await client.call<WebhookReply>('GET', `/webhooks/${id}`)).body
    expect(gone).toMatchObject({ enabled: false, disabledReason: expect.stringMatching(/410/) })
    await transcribe()
    expect(await deliveries(id)).toHaveLength(1)
    const again = await client.call<WebhookReply>('PATCH', `/webhooks/${id}`, { enabled: true })
    expect(again.body).toMatchObject({ enabled: true, disabledReason: null })
    await transcribe()
    await delivery(id, (d) => d.state === 'succeeded')
  })

  it('can be sent again, by its owner, under the same id', async () => {
    const { id, secret } = await register()
    await transcribe()
    const first = await delivery(id, (d) => d.state === 'succeeded')
    const replayed = await client.call<DeliveryReply>('POST', `/webhooks/${id}/deliveries/${first.id}/replay`)
    expect(replayed.status).toBe(202)
    await delivery(id, (d) => d.id === replayed.body.id && d.state === 'succeeded')
    const [one, two] = await receiver.got(2)
    expect(two!.headers['webhook-id']).toBe(one!.headers['webhook-id'])
    expect(verify(secret, two!)).toEqual(verify(secret, one!))
  })
})

describe('an endpoint', () => {
  it('changes its secret without a gap: both sign for a day', async () => {
    const { id, secret } = await register()
    const rotated = (await client.call<WebhookWithSecret>('POST', `/webhooks/${id}/rotate`)).body
    expect(rotated.secret).toMatch(/^whsec_[\w+/]{43}=$/)
    expect(rotated.secret).not.toBe(secret)
    await client.call('POST', `/webhooks/${id}/test`)
    const [sent] = await receiver.got(1)
    for (const each of [secret, rotated.secret])
      expect(verify(each, sent!)).toMatchObject({ type: 'webhook.test' })
    expect(String(sent!.headers['webhook-signature']).split(' ')).toHaveLength(2)
  })

  it('is listed without its secret, changed, and removed', async () => {
    const { id } = await register()
    const changed = await client.call<WebhookReply>('PATCH', `/webhooks/${id}`, {
      url: `http://${address}/new`,
      events: ['transcription.failed'],
    })
    expect(changed.body).toMatchObject({ url: `http://${address}/new`, events: ['transcription.failed'] })
    const { items } = (await client.call<{ items: WebhookReply[] }>('GET', '/webhooks')).body
    expect(items).toEqual([changed.body])
    expect((await client.raw(`/webhooks/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect((await client.call('GET', `/webhooks/${id}`)).status).toBe(404)
  })

  it('is nobody else’s', async () => {
    const { id } = await register()
    const other = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
    for (const [method, path] of [
      ['GET', `/webhooks/${id}`],
      ['PATCH', `/webhooks/${id}`],
      ['DELETE', `/webhooks/${id}`],
      ['POST', `/webhooks/${id}/test`],
      ['POST', `/webhooks/${id}/rotate`],
      ['GET', `/webhooks/${id}/deliveries`],
    ] as const)
      expect((await other.call(method, path, method === 'PATCH' ? {} : undefined)).status, path).toBe(404)
  })

  it.each([
    ['http', 'http://example.com/hook'],
    ['another port', 'https://example.com:22/hook'],
    ['a password in it', 'https://user:pass@example.com/hook'],
    ['no URL', 'hook'],
    ['a private address', 'https://192.168.0.1/hook'],
    ['a private address as one number', 'https://2130706433/hook'],
    ['a private address within IPv6', 'https://[::ffff:127.0.0.1]/hook'],
    ['a name of the local network', 'https://localhost/hook'],
  ])('is refused with %s', async (_, url) => {
    const refusal = {
      status: 400,
      body: { error: { details: { field: 'url', reasonCode: 'request.invalid' } } },
    }
    expect(await client.call('POST', '/webhooks', { url })).toMatchObject(refusal)
    const { id } = await register()
    expect(await client.call('PATCH', `/webhooks/${id}`, { url })).toMatchObject(refusal)
  })

  it('in the server’s own network is never reached, unless the operator allowed it', async () => {
    const { id } = await register()
    // As a name whose address is private only when it is looked up.
    const db = new DatabaseSync(join(folder.dataDir, 'earshot.db'))
    db.prepare('update webhook_endpoints set url = ? where id = ?').run('https://127.0.0.1/hook', id)
    db.close()
    await client.call('POST', `/webhooks/${id}/test`)
    const refused = await delivery(id, (d) => d.lastError !== null)
    expect(refused).toMatchObject({
      state: 'pending',
      lastStatus: null,
      lastError: expect.stringMatching(/public/),
    })
  })
})
