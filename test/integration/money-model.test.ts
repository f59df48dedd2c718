/**
 * Random lives of an account against a model of it: whatever happens in whatever order, the credits are where
 * the model says, and the auditor finds nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { manualPayments } from '../../src/adapters/payments/manual.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import { grant } from '../../src/domain/credits/grant.ts'
import { price } from '../../src/domain/credits/prices.ts'
import { DomainError } from '../../src/domain/errors.ts'
import { fingerprint } from '../../src/domain/idempotency/rules.ts'
import { Lost } from '../../src/domain/leases/lease.ts'
import { startCheckout } from '../../src/domain/plans/checkout.ts'
import { confirmPurchase } from '../../src/domain/plans/confirm.ts'
import type { MediaRow } from '../../src/domain/tables.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim, freeExpired } from '../../src/domain/transcriptions/claim.ts'
import { recordPart } from '../../src/domain/transcriptions/progress.ts'
import { cancel, expireOverdue, fail, succeed } from '../../src/domain/transcriptions/settle.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

const PACK = { id: 'hundred', name: 'Hundred', credits: 100 }
const LEASE_MS = 30_000
const HOUR_MS = 3_600_000
const MINUTE_PRICE = { kind: 'per_minute', credits: 1 } as const
/** On each database, and others each time: what one run of the tests does not meet, a later one does. */
const RUNS = 75
const AUDIT_EVERY = 25

const DELIVERED = {
  transcript: { text: 'one two', segments: [], language: 'en' },
  modelUsed: 'tone',
  standIn: false,
  likelyLyrics: false,
}
const FAILURE = { code: 'engine.crashed', message: 'The engine crashed.' } as const

const pick = fc.nat({ max: 30 })
const seconds = fc.integer({ min: 1, max: 400 })
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('accept' as const),
      seconds,
      key: fc.option(fc.nat({ max: 3 }), { nil: undefined }),
      /** Twins at the same moment. */
      twins: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('work' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('succeed' as const), pick, seconds }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('part' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('race' as const), pick, seconds }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('grant' as const),
      amount: seconds,
      occasion: fc.nat({ max: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('buy' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  },
)

interface Job {
  id: string
  heldCredits: number
  expiresAt: number
}

describeBothDatabases('an account’s life', (database) => {
  let dir: string
  let now = 1_800_000_000_000
  let deps: Deps
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-model-'))
    const { db, signals } = database()
    const policy = { ...policyOf(loadConfig({})), catalogue: { plans: [], packs: [PACK] } }
    deps = { db, databaseAway, signals, policy, media: diskMediaStore(dir), clock: { now: () => now } }
    await database().setTime(now)
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  const expectSound = async (): Promise<void> => {
    expect((await audit(deps.db)).faults).toEqual([])
  }

  it('property: agrees with its model, and the auditor finds nothing', async () => {
    let runs = 0
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 40 }),
        fc.array(step, { minLength: 5, maxLength: 30 }),
        async (credits, steps) => {
          const { accountId } = await createAccount(deps, { name: 'model', credits })
          const life = new Life(deps, accountId, credits, {
            now: () => now,
            pass: async (ms) => {
              now += ms
              await database().setTime(now)
            },
          })
          for (const each of steps) {
            await life.take(each)
            await life.check()
          }
          await life.end()
          if (++runs % AUDIT_EVERY === 0) await expectSound()
        },
      ),
      { numRuns: RUNS },
    )
    await expectSound()
  })
})

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Time {
  now(): number
  pass(ms: number): Promise<void>
}

/** The model, and the hands that do the same to the database. */
class Life {
  readonly #deps: Deps
  readonly #accountId: string
  readonly #time: Time
  #posted: number
  #open = new Map<string, Job>()
  /** Of the job’s latest claim, unless it ran out and was noticed. */
  #tokens = new Map<string, string>()
  /** Until when each claim counts. */
  #until = new Map<string, number>()
  #keys = new Map<number, { id: string; seconds: number }>()
  #granted = new Set<number>()

  constructor(deps: Deps, accountId: string, credits: number, time: Time) {
    this.#deps = deps
    this.#accountId = accountId
    this.#posted = credits
    this.#time = time
  }

  async check(): Promise<void> {
    const pending = [...this.#open.values()].reduce((sum, job) => sum + job.heldCredits, 0)
    expect(await balanceOf(this.#deps.db, this.#accountId)).toEqual({
      posted: this.#posted,
      pending,
      available: this.#posted - pending,
    })
  }

  /** Leaves nothing for the next life's queue. */
  async end(): Promise<void> {
    for (const { id } of this.#open.values()) expect(await cancel(this.#deps, this.#accountId, id)).toBe(true)
    this.#open.clear()
    await this.check()
  }

  async take(each: Step): Promise<void> {
    if (each.do === 'accept') return this.#accept(each)
    if (each.do === 'grant') return this.#grant(each)
    if (each.do === 'work') return this.#work()
    if (each.do === 'crash') return this.#crash()
    if (each.do === 'buy') return this.#buy()
    if (each.do === 'wait') return this.#wait(each.hours)
    const job = [...this.#open.values()][each.pick % Math.max(1, this.#open.size)]
    if (!job) return
    const token = this.#tokens.get(job.id) ?? 'nobody’s'
    const ours = this.#tokens.has(job.id)
    if (each.do === 'succeed') {
      expect(await this.#succeed(job, token, each.seconds)).toBe(ours)
      if (ours) this.#charge(job, each.seconds)
    } else if (each.do === 'part') {
      expect(await this.#part(job, token)).toBe(ours)
    } else if (each.do === 'fail') {
      expect(await fail(this.#deps, job.id, token, FAILURE)).toBe(ours)
      if (ours) this.#open.delete(job.id)
    } else if (each.do === 'cancel') {
      expect(await cancel(this.#deps, this.#accountId, job.id)).toBe(true)
      this.#open.delete(job.id)
    } else await this.#race(job, token, each.seconds)
  }

  async #accept({
    seconds,
    key,
    twins,
  }: {
    seconds: number
    key?: number | undefined
    twins: number
  }): Promise<void> {
    const known = key === undefined ? undefined : this.#keys.get(key)
    const length = known?.seconds ?? seconds
    const cost = price(MINUTE_PRICE, length)
    const pending = [...this.#open.values()].reduce((sum, job) => sum + job.heldCredits, 0)
    const affordable = this.#posted - pending >= cost
    const count = key === undefined ? 1 : twins
    const outcomes = await Promise.allSettled(
      Array.from({ length: count }, () => this.#send(length, key === undefined ? undefined : String(key))),
    )
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue
      expect(outcome.reason).toBeInstanceOf(DomainError)
      expect(outcome.reason).toMatchObject({ code: 'credits.insufficient' })
    }
    const ids = new Set(outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : [])))
    if (known) {
      expect(ids).toEqual(new Set([known.id]))
      return
    }
    expect(ids.size).toBe(affordable ? 1 : 0)
    for (const id of ids) {
      this.#open.set(id, {
        id,
        heldCredits: cost,
        expiresAt: this.#time.now() + this.#deps.policy.holdMs,
      })
      if (key !== undefined) this.#keys.set(key, { id, seconds: length })
    }
  }

  async #send(length: number, key: string | undefined): Promise<string> {
    const once = key && {
      accountId: this.#accountId,
      route: 'POST /v1/ai/transcribe',
      key,
      fingerprint: fingerprint({ length }),
      keepMs: 1000 * HOUR_MS,
    }
    const ctx = { ...this.#ctx(), ...(once && { once }) }
    const { id } = await accept(this.#deps, ctx, {
      surface: 'soku',
      wishes: {},
      source: { kind: 'media', media: recording(this.#accountId, length) },
      price: MINUTE_PRICE,
      expectedSeconds: length,
    })
    return id
  }

  #ctx = (): Ctx => ({ accountId: this.#accountId, keyId: null, scopes: SCOPES, requestId: 'req_model' })

  async #grant({ amount, occasion }: { amount: number; occasion: number }): Promise<void> {
    const { db } = this.#deps
    const reference = `${this.#accountId}:${occasion}`
    const given = await db
      .transaction()
      .execute((tx) => grant(tx, this.#time.now(), { accountId: this.#accountId, amount, reference }))
    expect(given).toBe(!this.#granted.has(occasion))
    if (given) this.#posted += amount
    this.#granted.add(occasion)
  }

  /** Paid once, however often the operator says so. */
  async #buy(): Promise<void> {
    const order = { pack: PACK.id, successUrl: '', cancelUrl: '' }
    const checkout = { ...this.#deps, payments: manualPayments }
    const { purchase } = await startCheckout(checkout, this.#ctx(), order)
    await this.check()
    await Promise.all([1, 2].map(() => confirmPurchase(this.#deps, purchase.id)))
    this.#posted += PACK.credits
  }

  async #work(): Promise<void> {
    await freeExpired(this.#deps)
    for (const [id, until] of this.#until) if (until <= this.#time.now()) this.#tokens.delete(id)
    const claimed = await claim(this.#deps, LEASE_MS, { downloads: false })
    if (claimed) {
      this.#tokens.set(claimed.row.id, claimed.lease.token)
      this.#until.set(claimed.row.id, this.#time.now() + LEASE_MS)
    } else expect([...this.#open.keys()].every((id) => this.#tokens.has(id))).toBe(true)
  }

  /** All workers die; their leases run out, and one other comes. Whoever was only slow finds its work taken. */
  async #crash(): Promise<void> {
    await this.#time.pass(LEASE_MS + 1)
    const before = new Map(this.#tokens)
    await this.#work()
    for (const [id, token] of before) {
      const job = this.#open.get(id)
      if (job && this.#tokens.get(id) !== token) expect(await this.#succeed(job, token, 10)).toBe(false)
    }
  }

  async #wait(hours: number): Promise<void> {
    await this.#time.pass(hours * HOUR_MS)
    await Promise.all([expireOverdue(this.#deps), expireOverdue(this.#deps)])
    for (const job of this.#open.values()) if (job.expiresAt <= this.#time.now()) this.#open.delete(job.id)
  }

  /** Everything that can end a transcription at the same moment: one of them does. */
  async #race(job: Job, token: string, length: number): Promise<void> {
    const [succeeded, ...others] = await Promise.all([
      this.#succeed(job, token, length),
      cancel(this.#deps, this.#accountId, job.id),
      fail(this.#deps, job.id, token, FAILURE),
      fail(this.#deps, job.id, null, FAILURE, 'expired'),
    ])
    expect([succeeded, ...others].filter(Boolean)).toHaveLength(1)
    if (succeeded) this.#charge(job, length)
    else this.#open.delete(job.id)
  }

  /** A part is done: of no consequence to the credits. */
  #part = (job: Job, token: string): Promise<boolean> =>
    unlessLost(
      recordPart(
        this.#deps,
        token,
        { transcription_id: job.id, idx: 0, start: 0, end: 1, from: 0, to: 1, result: '{}' },
        { stage: 'transcribing', pct: 50 },
      ),
    )

  #succeed = (job: Job, token: string, length: number): Promise<boolean> =>
    unlessLost(succeed(this.#deps, job.id, token, { ...DELIVERED, durationSeconds: length }))

  #charge(job: Job, length: number): void {
    this.#posted -= Math.min(job.heldCredits, price(MINUTE_PRICE, length))
    this.#open.delete(job.id)
  }
}

const unlessLost = (write: Promise<void>): Promise<boolean> =>
  write.then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(Lost)
      return false
    },
  )

const recording = (accountId: string, length: number): MediaRow => ({
  id: 'media_model',
  account_id: accountId,
  storage_key: 'media/model',
  filename: 'model.wav',
  content_type: 'audio/wav',
  bytes: 1,
  sha256: '0',
  duration_ms: length * 1000,
  has_video: 0,
  created_at: 0,
  kept_since: 0,
})
