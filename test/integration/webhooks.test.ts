/** Webhooks against a receiver that misbehaves, verified with the specification's own library. */
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/database/open.ts'
import { createGuard } from '../../src/adapters/egress/index.ts'
import { createWebhookSender } from '../../src/adapters/webhooks/guarded-sender.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import type { Ctx } from '../../src/domain/context.ts'
import { SCOPES } from '../../src/domain/context.ts'
import { claimDelivery, deliver } from '../../src/domain/webhooks/deliver.ts'
import { listDeliveries, replay, sendTest } from '../../src/domain/webhooks/deliveries.ts'
import { emitEnd } from '../../src/domain/webhooks/emit.ts'
import {
  createEndpoint,
  getEndpoint,
  listEndpoints,
  removeEndpoint,
  rotateSecret,
  updateEndpoint,
} from '../../src/domain/webhooks/endpoints.ts'

interface Got {
  headers: IncomingHttpHeaders
  body: string
}

let dir: string
let database: Awaited<ReturnType<typeof openDatabase>>
let receiver: Server
let url: string
let answer: (n: number) => { status: number; headers?: Record<string, string> }
let got: Got[]
let now = Date.now()
let deps: ReturnType<typeof depsOf>
let ctx: Ctx

const depsOf = () => ({
  db: database.db,
  signals: database.signals,
  clock: { now: () => now },
  webhooks: createWebhookSender({ guard: createGuard({}), allowed: [new URL(url).host] }),
})

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-webhooks-'))
  database = await openDatabase({ dataDir: dir })
  receiver = createServer(async (request, response) => {
    got.push({ headers: request.headers, body: await text(request) })
    const { status, headers } = answer(got.length)
    response.writeHead(status, headers).end('thanks')
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  deps = depsOf()
})
afterAll(async () => {
  receiver?.close()
  await database?.close()
  await rm(dir, { recursive: true, force: true })
})
beforeEach(async () => {
  got = []
  now = Date.now()
  answer = () => ({ status: 204 })
  const { accountId } = await createAccount(deps, { name: 'test', credits: 0 })
  ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_1' }
})

/** Makes every attempt that is due. Returns how many there were. */
async function sendDue(): Promise<number> {
  for (let n = 0; ; n++) {
    const row = await claimDelivery(deps)
    if (!row) return n
    await deliver(deps, row, new AbortController().signal)
  }
}

const happen = (state: 'succeeded' | 'failed' | 'cancelled' = 'succeeded') =>
  database.db.transaction().execute((tx) =>
    emitEnd(tx, now, state, {
      id: 'tj_1',
      account_id: ctx.accountId,
      title: 'a talk',
      duration_ms: 61_500,
      credits_debited: 2,
      error_code: state === 'failed' ? 'media.no_audio' : null,
    }),
  )

const verified = (secret: string, { headers, body }: Got) =>
  new Webhook(secret).verify(body, headers as Record<string, string>)

it('sends what happened, signed, once, to the endpoints that want it', async () => {
  const endpoint = await createEndpoint(deps, ctx, { url })
  await createEndpoint(deps, ctx, { url, events: ['transcription.failed'] })
  await happen()
  expect(await sendDue()).toBe(1)
  expect(got).toHaveLength(1)
  expect(got[0]!.headers['content-type']).toBe('application/json')
  expect(verified(endpoint.secret, got[0]!)).toEqual({
    type: 'transcription.succeeded',
    timestamp: new Date(now).toISOString(),
    data: { id: 'tj_1', state: 'succeeded', title: 'a talk', durationSeconds: 61.5, creditsDebited: 2 },
  })
  const { deliveries } = await listDeliveries(deps, ctx, endpoint.id)
  expect(deliveries).toMatchObject([{ state: 'succeeded', attempts: 1, last_status: 204, next_at: null }])
  expect(await sendDue()).toBe(0)
})

it('tries again, later each time, with the same id and a fresh time, and obeys Retry-After', async () => {
  const endpoint = await createEndpoint(deps, ctx, { url })
  answer = (n) =>
    [{ status: 500 }, { status: 429, headers: { 'retry-after': '3600' } }, { status: 200 }][n - 1]!
  await happen()
  expect(await sendDue()).toBe(1)
  expect(await sendDue()).toBe(0) // not due yet
  now += 7000
  expect(await sendDue()).toBe(1)
  now += 600_000 // it asked for an hour
  expect(await sendDue()).toBe(0)
  now += 3_000_000
  expect(await sendDue()).toBe(1)
  expect(new Set(got.map((g) => g.headers['webhook-id'])).size).toBe(1)
  expect(new Set(got.map((g) => g.headers['webhook-timestamp'])).size).toBe(3)
  expect(new Set(got.map((g) => g.body)).size).toBe(1)
  const { deliveries } = await listDeliveries(deps, ctx, endpoint.id)
  expect(deliveries).toMatchObject([{ state: 'succeeded', attempts: 3 }])
})

it('gives up after days, and disables the endpoint with the reason', async () => {
  const endpoint = await createEndpoint(deps, ctx, { url })
  answer = () => ({ status: 503 })
  await happen()
  let attempts = 0
  for (let day = 0; day < 30 && (await getEndpoint(deps, ctx, endpoint.id)).disabled_at === null; day++) {
    attempts += await sendDue()
    now += 86_400_000
  }
  expect(attempts).toBe(10)
  expect(await getEndpoint(deps, ctx, endpoint.id)).toMatchObject({
    disabled_reason: 'every attempt failed for days',
  })
  const again = await updateEndpoint(deps, ctx, endpoint.id, { enabled: true })
  expect(again).toMatchObject({ disabled_at: null, disabled_reason: null })
})

it('does not follow redirects, and stops for good at 410', async () => {
  const endpoint = await createEndpoint(deps, ctx, { url })
  answer = (n) => (n === 1 ? { status: 302, headers: { location: `${url}/elsewhere` } } : { status: 410 })
  await happen()
  await sendDue()
  expect(got).toHaveLength(1)
  now += 7000
  await sendDue()
  expect(await getEndpoint(deps, ctx, endpoint.id)).toMatchObject({ disabled_reason: 'it answered 410 Gone' })
  await happen()
  expect(await sendDue()).toBe(0)
})

it('signs with both secrets for a day after a rotation', async () => {
  const { id, secret: old } = await createEndpoint(deps, ctx, { url })
  const { secret } = await rotateSecret(deps, ctx, id)
  await happen()
  await sendDue()
  expect(verified(old, got[0]!)).toEqual(verified(secret, got[0]!))
  now += 86_400_001
  await happen()
  await sendDue()
  expect((got[1]!.headers['webhook-signature'] as string).split(' ')).toHaveLength(1)
})

it('sends a test event, and an earlier one again under its own id', async () => {
  const { id, secret } = await createEndpoint(deps, ctx, { url, events: ['transcription.failed'] })
  await sendTest(deps, ctx, id)
  await sendDue()
  expect(verified(secret, got[0]!)).toMatchObject({ type: 'webhook.test' })
  const [first] = (await listDeliveries(deps, ctx, id)).deliveries
  now += 1000
  await replay(deps, ctx, id, first!.id)
  await sendDue()
  expect(got[1]!.body).toBe(got[0]!.body)
  expect(got[1]!.headers['webhook-id']).toBe(got[0]!.headers['webhook-id'])
  expect((await listDeliveries(deps, ctx, id)).deliveries).toHaveLength(2)
})

it('lists deliveries page by page', async () => {
  const { id } = await createEndpoint(deps, ctx, { url })
  for (let n = 0; n < 60; n++) {
    now += n % 3 === 0 ? 0 : 1
    await happen('failed')
  }
  await sendDue()
  const first = await listDeliveries(deps, ctx, id)
  const second = await listDeliveries(deps, ctx, id, first.next!)
  const ids = [...first.deliveries, ...second.deliveries].map((d) => d.id)
  expect(new Set(ids).size).toBe(60)
  expect(second.next).toBeNull()
})

it('sends nothing of what was rolled back', async () => {
  await createEndpoint(deps, ctx, { url })
  await expect(
    database.db.transaction().execute(async (tx) => {
      await emitEnd(tx, now, 'cancelled', {
        id: 'tj_2',
        account_id: ctx.accountId,
        title: null,
        duration_ms: null,
        credits_debited: 0,
        error_code: null,
      })
      throw new Error('rolled back')
    }),
  ).rejects.toThrow('rolled back')
  expect(await sendDue()).toBe(0)
})

it.each(['nonsense', 'http://example.com/', 'https://me:you@example.com/', 'https://example.com:22/'])(
  'refuses the URL %s',
  async (bad) => {
    await expect(createEndpoint(deps, ctx, { url: bad })).rejects.toMatchObject({
      code: 'request.invalid',
      details: { field: 'url' },
    })
  },
)

it('never reaches an address that is not public', async () => {
  const { id } = await createEndpoint(deps, ctx, { url: 'https://127.0.0.1/hook' })
  await sendTest(deps, ctx, id)
  await sendDue()
  expect((await listDeliveries(deps, ctx, id)).deliveries).toMatchObject([
    { state: 'pending', last_status: null, last_error: 'the address is not a public one' },
  ])
})

it('keeps accounts apart, and asks for the scope', async () => {
  const { id } = await createEndpoint(deps, ctx, { url })
  const { accountId } = await createAccount(deps, { name: 'other', credits: 0 })
  const other = { ...ctx, accountId }
  expect(await listEndpoints(deps, other)).toEqual([])
  for (const verb of [getEndpoint, rotateSecret, removeEndpoint, sendTest])
    await expect(verb(deps, other, id)).rejects.toMatchObject({ code: 'resource.not_found' })
  await expect(listEndpoints(deps, { ...ctx, scopes: ['media'] })).rejects.toMatchObject({
    code: 'key.scope',
  })
  await removeEndpoint(deps, ctx, id)
  expect(await listEndpoints(deps, ctx)).toEqual([])
})
