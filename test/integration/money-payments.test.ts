/** Plans and packs: bought through Stripe (signed events, a double of its API), confirmed by hand, renewed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { stripePayments } from '../../src/adapters/payments/stripe.ts'
import { loadConfig } from '../../src/config/load.ts'
import type {
  CheckoutReply,
  CreditsReply,
  ListPurchasesReply,
  PlansReply,
} from '../../src/contract/account.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { confirmPurchase } from '../../src/domain/plans/confirm.ts'
import { nextPeriod } from '../../src/domain/plans/period.ts'
import { renewDue } from '../../src/domain/plans/renew.ts'
import { buildApp } from '../../src/http/app.ts'
import { type Base, composeAll, composeBase } from '../../src/main/compose.ts'
import { sharedDatabase } from '../support/postgres.ts'

const SECRET = 'whsec_test'
const PLANS = {
  plans: {
    pro: { name: 'Pro', monthlyCredits: 1500, priceId: 'price_pro' },
    club: { name: 'Club', monthlyCredits: 7 },
  },
  packs: { hundred: { name: '100 credits', credits: 100, priceId: 'price_100' } },
}
const stripe = new Stripe('sk_test_signing')

beforeAll(async () => {})

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let dir: string
  let base: Base
  let app: FastifyInstance
  let origin: string
  let double: Server
  let asked: URLSearchParams[]
  let refusing: boolean
  let now = Date.parse('2027-01-31T12:00:00Z')
  let account: { accountId: string; apiKey: string }
  let events = 0

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-payments-'))
    await writeFile(join(dir, 'plans.json'), JSON.stringify(PLANS))
    const config = loadConfig({
      EARSHOT_DATA_DIR: join(dir, 'data'),
      EARSHOT_PLANS: join(dir, 'plans.json'),
      EARSHOT_RATE_LIMITS: 'off',
      ...(kind === 'postgres' && { DATABASE_URL: await sharedDatabase() }),
    })
    double = createServer(async (request, response) => {
      asked.push(new URLSearchParams(await text(request)))
      response.setHeader('content-type', 'application/json')
      if (refusing) response.writeHead(400).end('{"error": {"type": "invalid_request_error"}}')
      else
        response.end(
          JSON.stringify({ id: `cs_${asked.length}_${events++}`, url: 'https://checkout.test/pay' }),
        )
    })
    await new Promise<void>((done) => double.listen(0, '127.0.0.1', done))
    const api = new URL(`http://127.0.0.1:${(double.address() as AddressInfo).port}`)
    base = { ...(await composeBase(config)), clock: { now: () => now } }
    const logger = pino({ level: 'silent' })
    const { http } = await composeAll(config, base, logger, { worker: false })
    const payments = stripePayments({ apiKey: 'sk_test_double', webhookSecret: SECRET, origin: api })
    app = await buildApp({ ...http, payments }, logger)
    origin = await app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(async () => {
    await app?.close()
    double?.close()
    await base?.close()
    await rm(dir, { recursive: true, force: true })
  })
  beforeEach(async () => {
    asked = []
    refusing = false
    account = await createAccount(base, { name: 'customer' })
  })

  async function call<T>(
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${origin}/v1${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${account.apiKey}`, 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as T }
  }

  /** As Stripe sends it: signed over the bytes. */
  async function tell(type: string, object: object, id = `evt_${kind}_${events++}`, secret = SECRET) {
    const created = Math.floor(now / 1000)
    const payload = JSON.stringify({ id, object: 'event', type, created, data: { object } })
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret })
    const response = await fetch(`${origin}/v1/payments/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
      body: payload,
    })
    return { status: response.status, body: (await response.json()) as unknown }
  }

  const credits = async (): Promise<number> => (await call<CreditsReply>('/credits')).body.available

  async function buy(what: object): Promise<CheckoutReply> {
    const { status, body } = await call<CheckoutReply>('/checkout', what)
    expect(status).toBe(201)
    return body
  }

  const completed = ({ id }: CheckoutReply, payment_status = 'paid') => ({
    object: 'checkout.session',
    payment_status,
    customer: 'cus_1',
    metadata: { purchaseId: id },
  })

  const subscription = (status: string, end: number) => ({
    object: 'subscription',
    id: 'sub_1',
    customer: 'cus_1',
    status,
    metadata: { accountId: account.accountId, item: 'pro' },
    items: { data: [{ current_period_end: Math.floor(end / 1000) }] },
  })

  const invoice = (id: string, billing_reason: string) => ({
    object: 'invoice',
    id,
    billing_reason,
    parent: { subscription_details: { metadata: { accountId: account.accountId, item: 'pro' } } },
  })

  it('says what is for sale', async () => {
    const { body } = await call<PlansReply>('/plans')
    expect(body).toEqual({
      provider: 'stripe',
      plans: [
        { id: 'pro', name: 'Pro', monthlyCredits: 1500, forSale: true },
        { id: 'club', name: 'Club', monthlyCredits: 7, forSale: false },
      ],
      packs: [{ id: 'hundred', name: '100 credits', credits: 100, forSale: true }],
    })
  })

  it('sells a pack: nothing before it is paid, then its credits once, however often Stripe says so', async () => {
    const purchase = await buy({ pack: 'hundred', successUrl: 'https://shop.test/thanks' })
    expect(purchase).toMatchObject({ state: 'open', credits: 100, url: 'https://checkout.test/pay' })
    expect(asked[0]!.get('mode')).toBe('payment')
    expect(asked[0]!.get('line_items[0][price]')).toBe('price_100')
    expect(asked[0]!.get('success_url')).toBe('https://shop.test/thanks')
    expect(await credits()).toBe(0)

    expect((await tell('checkout.session.completed', completed(purchase, 'unpaid'))).status).toBe(200)
    expect(await credits()).toBe(0)
    const paid = completed(purchase)
    const id = `evt_paid_${kind}`
    const told = await Promise.all([1, 2, 3].map(() => tell('checkout.session.completed', paid, id)))
    expect(told.filter((t) => (t.body as { applied: boolean }).applied)).toHaveLength(1)
    await tell('checkout.session.async_payment_succeeded', paid)
    expect(await tell('checkout.session.expired', paid)).toMatchObject({ status: 200 })
    expect(await credits()).toBe(100)
    const { body } = await call<ListPurchasesReply>('/purchases')
    expect(body.items).toMatchObject([{ id: purchase.id, state: 'paid' }])
  })

  it('asks for the same purchase again where its answer was lost, and for another one after a refusal', async () => {
    const ask = () => call<CheckoutReply>('/checkout', { pack: 'hundred' }, { 'idempotency-key': 'buy' })
    refusing = true
    expect((await ask()).status).toBe(502)
    refusing = false
    const { body: first } = await ask()
    // As where the server was killed before it stored its answer.
    const unanswered = { status: null, headers: null, body: null }
    await base.db
      .updateTable('idempotency_keys')
      .set(unanswered)
      .where('account_id', '=', account.accountId)
      .execute()
    expect((await ask()).body).toEqual(first)
    const [refused, ...named] = asked.map((each) => each.get('metadata[purchaseId]'))
    expect(named).toEqual([first.id, first.id])
    expect(refused).not.toBe(first.id)
    const { body } = await call<ListPurchasesReply>('/purchases')
    expect(body.items.map(({ id }) => id).sort()).toEqual([refused, first.id].sort())
  })

  it('sells a plan: credits with each paid period, none with a change in between', async () => {
    await buy({ plan: 'pro' })
    expect(asked[0]!.get('mode')).toBe('subscription')
    expect(asked[0]!.get('subscription_data[metadata][accountId]')).toBe(account.accountId)
    await tell('customer.subscription.created', subscription('active', now + 1000))
    await tell('invoice.paid', invoice(`in_1_${kind}`, 'subscription_create'))
    await tell('invoice.paid', invoice(`in_1_${kind}`, 'subscription_create'))
    await tell('invoice.paid', invoice(`in_2_${kind}`, 'subscription_update'))
    expect(await credits()).toBe(1500)
    await tell('invoice.paid', invoice(`in_3_${kind}`, 'subscription_cycle'))
    expect(await credits()).toBe(3000)
    expect((await call<CreditsReply>('/credits')).body).toMatchObject({
      plan: 'pro',
      subscriptionStatus: 'active',
    })
  })

  it('follows the subscription, and not what was said of it before', async () => {
    const { db } = base
    const state = () =>
      db
        .selectFrom('accounts')
        .select(['subscription_status', 'current_period_end', 'payment_customer'])
        .where('id', '=', account.accountId)
        .executeTakeFirstOrThrow()
    const end = now + 86_400_000
    await tell('customer.subscription.updated', subscription('past_due', end))
    expect(await state()).toEqual({
      subscription_status: 'past_due',
      current_period_end: Math.floor(end / 1000) * 1000,
      payment_customer: 'cus_1',
    })
    now -= 60_000
    await tell('customer.subscription.updated', subscription('active', end))
    expect(await state()).toMatchObject({ subscription_status: 'past_due' })
    now += 120_000
    await tell('customer.subscription.deleted', subscription('canceled', end))
    expect(await state()).toMatchObject({ subscription_status: 'canceled' })
  })

  it('believes no unsigned word', async () => {
    const purchase = await buy({ pack: 'hundred' })
    const forged = await tell('checkout.session.completed', completed(purchase), 'evt_forged', 'whsec_other')
    expect(forged).toMatchObject({ status: 400, body: { error: { code: 'validation_error' } } })
    const bare = await fetch(`${origin}/v1/payments/webhook`, { method: 'POST', body: '{}' })
    expect(bare.status).toBe(400)
    expect(await credits()).toBe(0)
  })

  it('leaves alone what does not concern credits', async () => {
    expect(await tell('customer.created', { object: 'customer', id: 'cus_9' })).toEqual({
      status: 200,
      body: { received: true, applied: false },
    })
    expect(
      (await tell('invoice.paid', { object: 'invoice', id: 'in_x', billing_reason: 'manual' })).status,
    ).toBe(200)
  })

  it.each([
    [{}, 'plan'],
    [{ plan: 'pro', pack: 'hundred' }, 'plan'],
    [{ plan: 'none' }, 'plan'],
    [{ plan: 'club' }, 'plan'],
    [{ pack: 'million' }, 'pack'],
    [{ pack: 'hundred', successUrl: 'javascript:alert(1)' }, 'successUrl'],
  ])('refuses the order %j', async (order, field) => {
    expect(await call('/checkout', order)).toMatchObject({
      status: 400,
      body: { error: { details: { field } } },
    })
    expect(asked).toEqual([])
  })

  it('an order that the operator confirms is given once', async () => {
    const { id } = await buy({ plan: 'pro' })
    await Promise.all([1, 2].map(() => confirmPurchase(base, id)))
    await confirmPurchase(base, id)
    expect(await credits()).toBe(1500)
    await expect(confirmPurchase(base, 'buy_none')).rejects.toMatchObject({ code: 'resource.not_found' })
  })

  it('renews a plan that nobody bills every month, once each, also after months away', async () => {
    account = await createAccount(base, { name: 'monthly', plan: 'pro', monthlyCredits: 1500 })
    expect(await credits()).toBe(1500)
    const renewTwice = () => Promise.all([renewDue(base), renewDue(base)])
    await renewTwice()
    expect(await credits()).toBe(1500)
    const start = now
    now = nextPeriod(start, start)
    await renewTwice()
    expect(await credits()).toBe(3000)
    now = nextPeriod(start, nextPeriod(start, nextPeriod(start, now)))
    await renewTwice()
    await renewDue(base)
    expect(await credits()).toBe(7500)
    expect((await audit(base.db)).faults).toEqual([])
  })
})
