/** New entries of a list become a batch: each once, even if a worker dies, and only if there are credits. */
import { beforeEach, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { claimBatch, feed } from '../../src/domain/batches/feed.ts'
import { listBatches, listItems } from '../../src/domain/batches/read.ts'
import { type Ctx, SCOPES } from '../../src/domain/context.ts'
import { grant } from '../../src/domain/credits/grant.ts'
import { hold } from '../../src/domain/credits/holds.ts'
import { freeClaims } from '../../src/domain/leases/lease.ts'
import { changeSubscription, deleteSubscription, lookNow } from '../../src/domain/subscriptions/change.ts'
import { createSubscription } from '../../src/domain/subscriptions/create.ts'
import { claimSubscription, lookAfter } from '../../src/domain/subscriptions/look.ts'
import { countSkipped, getSubscription, listEntries } from '../../src/domain/subscriptions/read.ts'
import { MOST_REMEMBERED, MOST_SUBSCRIPTIONS } from '../../src/domain/subscriptions/rules.ts'
import type { Db } from '../../src/domain/tables.ts'
import { claim } from '../../src/domain/transcriptions/claim.ts'
import { fail } from '../../src/domain/transcriptions/settle.ts'
import { createEndpoint } from '../../src/domain/webhooks/endpoints.ts'
import { policyOf } from '../../src/main/compose.ts'
import type { Fetcher } from '../../src/ports/fetcher.ts'
import { FeedError, type Feeds, type Listing } from '../../src/ports/listings.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { testFolder } from '../support/test-folder.ts'

const folder = testFolder()

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const go = new AbortController().signal

describeBothDatabases('a subscription', (database) => {
  let ctx: Ctx
  let now: number
  /** Ids of what the feed has, the newest first; or what is wrong with it. */
  let feedHas: string[] | Error
  let seconds: number | null
  let deps: ReturnType<typeof depsOf>
  const unexpected: unknown[] = []

  const feeds: Feeds = {
    async read(_, most): Promise<Listing> {
      if (feedHas instanceof Error) throw feedHas
      const items = feedHas.map((key) => ({
        url: `https://pod.example/${key}.mp3`,
        key,
        title: `Talk ${key}`,
        seconds,
      }))
      return { title: 'Talks', items: items.slice(0, most), more: items.length > most }
    },
  }

  async function pass(ms: number): Promise<void> {
    now = Math.max(now, await database().time()) + ms
    await database().setTime(now)
  }

  /** As another process has them. */
  const depsOf = (db: Db) => ({
    db,
    databaseAway,
    signals: database().signals,
    clock: { now: () => now },
    policy: policyOf(loadConfig({ EARSHOT_PRICE_SOKU: '2/min' })),
    media: diskMediaStore(folder.path),
    fetcher: {} as Fetcher,
    feeds,
    unexpected: (error: unknown) => void unexpected.push(error),
  })

  beforeEach(async () => {
    unexpected.length = 0
    feedHas = ['b', 'a']
    seconds = null
    now = await database().time()
    await pass(0)
    deps = depsOf(database().db)
    await deps.db.updateTable('subscriptions').set({ state: 'paused' }).execute()
    await deps.db.updateTable('batches').set({ state: 'cancelled' }).execute()
    const { accountId } = await createAccount(deps, { name: 'a', credits: 100 })
    ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_sub' }
  })

  const subscribe = (more: { backlog?: number; mostAtOnce?: number; url?: string } = {}) =>
    createSubscription(
      deps,
      ctx,
      {
        surface: 'native',
        url: 'https://pod.example/feed',
        everyMs: HOUR,
        mostAtOnce: 20,
        backlog: 0,
        wishes: { language: 'en' },
        ...more,
      },
      go,
    )

  /** All that is due. @returns how many were looked after */
  async function looked(by = deps): Promise<number> {
    for (let count = 0; ; count++) {
      const found = await claimSubscription(by)
      if (!found) return count
      await lookAfter(by, found, go)
    }
  }

  const get = (id: string) => getSubscription(deps, ctx, id)
  const batches = async () => (await listBatches(deps, ctx, { limit: 50 })).items
  /** The names of what became of it, batch by batch, the oldest first. */
  async function begun(): Promise<string[]> {
    const all = await Promise.all(
      (await batches()).map((batch) => listItems(deps, batch, { after: -1, limit: 99 })),
    )
    return all.reverse().map((items) => items.map(({ title }) => title?.slice(5)).join(''))
  }
  const spend = (amount: number) =>
    deps.db.transaction().execute((tx) =>
      hold(tx, now, {
        accountId: ctx.accountId,
        amount,
        transcriptionId: `tj_${ctx.accountId}`,
        expiresAt: now + 24 * HOUR,
      }),
    )
  const listen = () =>
    createEndpoint({ ...deps, webhooks: { vet: () => {}, post: async () => ({ status: 204 }) } }, ctx, {
      url: 'https://example.com/hook',
    })
  async function events(): Promise<string[]> {
    const rows = await deps.db
      .selectFrom('webhook_deliveries as d')
      .innerJoin('webhook_endpoints as e', 'e.id', 'd.endpoint_id')
      .select('d.payload')
      .where('e.account_id', '=', ctx.accountId)
      .where('d.event_type', 'like', 'subscription.%')
      .orderBy('d.created_at')
      // What happened in one moment has no order of its own.
      .orderBy('d.event_type', 'desc')
      .execute()
    return rows.map(({ payload }) => {
      const { type, data } = JSON.parse(payload) as { type: string; data: { error?: string; items?: number } }
      return `${type} ${data.error ?? data.items}`
    })
  }

  it('leaves existing entries alone, and transcribes new ones', async () => {
    await listen()
    const { id } = await subscribe()
    await looked()
    expect(await batches()).toEqual([])
    feedHas = ['d', 'c', 'b', 'a']
    await pass(30 * MINUTE)
    expect(await looked()).toBe(0)
    await pass(30 * MINUTE)
    expect(await looked()).toBe(1)
    expect(await begun()).toEqual(['dc'])
    const [batch] = await batches()
    expect(batch).toMatchObject({
      name: 'Talks',
      state: 'running',
      subscription_id: id,
      source_url: 'https://pod.example/feed',
      wishes: '{"language":"en"}',
    })
    expect(await get(id)).toMatchObject({ waiting: 0, failures: 0, blocked: null, last_batch_id: batch?.id })
    for (let k = 0; k < 3; k++) {
      await pass(HOUR)
      await looked()
    }
    expect(await begun()).toEqual(['dc'])
    // What is gone and comes back is not new.
    feedHas = ['e']
    await pass(HOUR)
    await looked()
    feedHas = ['e', 'd', 'a']
    await pass(HOUR)
    await looked()
    expect(await begun()).toEqual(['dc', 'e'])
    expect(await events()).toEqual(['subscription.found 2', 'subscription.found 1'])
    expect(await countSkipped(deps, { id })).toBe(2)
    const { items } = await listEntries(deps, { id }, { limit: 2 })
    expect(items.map((each) => [each.title, each.item])).toEqual([
      ['Talk e', 'waiting'],
      [expect.stringMatching(/^Talk [cd]$/), 'waiting'],
    ])
  })

  it('transcribes the backlog that was requested, at most `limit` after each look', async () => {
    feedHas = [...'hgfedcba']
    const { id } = await subscribe({ backlog: 5, mostAtOnce: 3 })
    await looked()
    await pass(MINUTE)
    await looked()
    expect(await begun()).toEqual(['hgf'])
    expect(await get(id)).toMatchObject({ waiting: 2, blocked: null })
    await pass(HOUR)
    await looked()
    expect(await begun()).toEqual(['hgf', 'ed'])
  })

  it('is read once by many processes, even if one of them dies at any step', async () => {
    const { id } = await subscribe()
    await looked()
    feedHas = ['d', 'c', 'b', 'a']
    await pass(HOUR)
    const theirs = depsOf(database().db)
    // One died after it had claimed it, one came back too late.
    const dead = await claimSubscription(deps)
    expect(await claimSubscription(theirs)).toBeUndefined()
    await freeClaims(deps.db)
    const late = await claimSubscription(theirs)
    await pass(20_000)
    await Promise.all([
      looked(deps),
      looked(theirs),
      lookAfter(theirs, late!, go),
      lookAfter(deps, dead!, go),
    ])
    await pass(20_000)
    await Promise.all([looked(deps), looked(theirs)])
    expect(await begun()).toEqual(['dc'])
    expect((await get(id)).waiting).toBe(0)
  })

  it('starts what was found by a process that died before it could start it', async () => {
    const { id } = await subscribe()
    await looked()
    feedHas = ['c', 'b', 'a']
    await pass(HOUR)
    // The transaction of the batch fails, once what is new is stored.
    const found = await claimSubscription(deps)
    const dying = {
      ...deps,
      policy: {
        ...deps.policy,
        get prices(): never {
          throw new Error('killed')
        },
      },
    }
    await expect(lookAfter(dying, found!, go)).rejects.toThrow('killed')
    expect([await begun(), (await get(id)).waiting]).toEqual([[], 1])
    feedHas = ['b', 'a']
    await pass(2 * MINUTE)
    await looked()
    expect(await begun()).toEqual(['c'])
  })

  it('looks less often while its list cannot be read, sends one event, and recovers', async () => {
    await listen()
    const { id } = await subscribe()
    await looked()
    feedHas = new FeedError('The address answered 503 instead of a feed.')
    const waits: number[] = []
    for (let k = 0; k < 6; k++) {
      await pass(24 * HOUR)
      await looked()
      waits.push(Math.round(((await get(id)).look_at - now) / HOUR))
    }
    expect(waits).toEqual([2, 4, 8, 16, 24, 24])
    const { failures, last_look } = await get(id)
    expect([failures, JSON.parse(last_look!)]).toEqual([
      6,
      {
        at: now,
        found: 0,
        begun: 0,
        error: { code: 'fetch.no_feed', message: 'The address answered 503 instead of a feed.' },
      },
    ])
    expect(await events()).toEqual(['subscription.failed fetch.no_feed'])
    feedHas = ['c', 'b', 'a']
    await lookNow(deps, ctx, id)
    await looked()
    expect(await begun()).toEqual(['c'])
    expect(await get(id)).toMatchObject({ failures: 0, look_at: now + HOUR })
    expect(unexpected).toEqual([])
  })

  it('waits for credits, sends one event, and goes on once there are enough', async () => {
    ctx = { ...ctx, accountId: (await createAccount(deps, { name: 'poor', credits: 61 })).accountId }
    await listen()
    const { id } = await subscribe()
    await looked()
    // 60 credits each.
    seconds = 30 * 60
    feedHas = ['d', 'c', 'b', 'a']
    await pass(HOUR)
    await looked()
    expect(await begun()).toEqual(['d'])
    expect(await get(id)).toMatchObject({ waiting: 1, failures: 0 })
    expect(JSON.parse((await get(id)).blocked!)).toEqual({
      code: 'credits.insufficient',
      message: 'There are not enough credits for one entry: 61 available. They start once there are enough.',
    })
    await spend(60)
    for (let k = 0; k < 3; k++) {
      await pass(2 * MINUTE)
      expect(await looked()).toBe(1)
    }
    expect(await begun()).toEqual(['d'])
    expect(await events()).toEqual(['subscription.found 1', 'subscription.failed credits.insufficient'])
    await deps.db
      .transaction()
      .execute((tx) => grant(tx, now, { accountId: ctx.accountId, amount: 59, reference: `more:${id}` }))
    await pass(2 * MINUTE)
    await looked()
    expect(await begun()).toEqual(['d', 'c'])
    expect(await get(id)).toMatchObject({ waiting: 0, blocked: null })
  })

  it('retries what failed for lack of credits, once, later', async () => {
    const { id } = await subscribe()
    await looked()
    feedHas = ['c', 'b', 'a']
    await pass(HOUR)
    await looked()
    const batch = await claimBatch(deps)
    await feed(deps, batch!, go)
    const { row, lease } = (await claim(deps, 15_000, { downloads: true }))!
    await fail(deps, row.id, lease.token, { code: 'credits.insufficient', message: 'Not enough.' })
    expect((await get(id)).waiting).toBe(1)
    await pass(2 * MINUTE)
    await looked()
    expect(await begun()).toEqual(['c'])
    expect((await get(id)).blocked).toContain('credits.insufficient')
    await pass(HOUR)
    await looked()
    expect(await begun()).toEqual(['c', 'c'])
    expect(await get(id)).toMatchObject({ waiting: 0, blocked: null })
  })

  it('does nothing while it is paused or deleted, and looks at once when it is resumed', async () => {
    const { id } = await subscribe()
    await looked()
    feedHas = ['c', 'b', 'a']
    await pass(HOUR)
    const under = await claimSubscription(deps)
    await changeSubscription(deps, ctx, id, { paused: true })
    await lookAfter(deps, under!, go)
    await lookNow(deps, ctx, id)
    expect([await looked(), await begun()]).toEqual([0, []])
    await changeSubscription(deps, ctx, id, { paused: false, wishes: { language: 'de' }, name: 'Mine' })
    await looked()
    expect(await begun()).toEqual(['c'])
    expect((await batches())[0]).toMatchObject({ name: 'Mine', wishes: '{"language":"de"}' })
    feedHas = ['d']
    await pass(HOUR)
    const gone = await claimSubscription(deps)
    await deleteSubscription(deps, ctx, id)
    await lookAfter(deps, gone!, go)
    expect(await begun()).toEqual(['c'])
    await expect(get(id)).rejects.toMatchObject({ code: 'resource.not_found' })
  })

  it('exists once for each list', async () => {
    const { id } = await subscribe()
    const twice = await Promise.allSettled([subscribe(), subscribe()])
    for (const each of twice)
      expect(each).toMatchObject({
        status: 'rejected',
        reason: { code: 'subscription.exists', details: { subscriptionId: id } },
      })
  })

  it('does not exist for another account', async () => {
    const { id } = await subscribe()
    const { accountId } = await createAccount(deps, { name: 'b', credits: 100 })
    const other: Ctx = { ...ctx, accountId }
    const gone = { code: 'resource.not_found' }
    await expect(getSubscription(deps, other, id)).rejects.toMatchObject(gone)
    await expect(changeSubscription(deps, other, id, { paused: true })).rejects.toMatchObject(gone)
    await expect(lookNow(deps, other, id)).rejects.toMatchObject(gone)
    await expect(deleteSubscription(deps, other, id)).rejects.toMatchObject(gone)
    expect(await get(id)).toMatchObject({ state: 'active' })
  })

  it('is refused beyond what an account may have, where waiting does not help', async () => {
    const first = await subscribe()
    const copies = Array.from({ length: MOST_SUBSCRIPTIONS - 1 }, (_, k) => ({
      ...first,
      ...{ id: `${first.id}_${k}`, source: `copy ${k}`, state: 'paused' as const },
    }))
    await deps.db.insertInto('subscriptions').values(copies).execute()
    const more = subscribe({ url: 'https://pod.example/another' })
    await expect(more).rejects.toMatchObject({ code: 'account.limit' })
    await expect(more).rejects.not.toHaveProperty('details.retryAfter')
    await deleteSubscription(deps, ctx, `${first.id}_0`)
    await subscribe({ url: 'https://pod.example/another' })
  })

  it('forgets old entries, so that a list with new ids on every look does not fill the database', async () => {
    const { id } = await subscribe()
    await looked()
    for (let round = 0; round < 6; round++) {
      feedHas = Array.from({ length: 5000 }, (_, k) => `${round}-${k}`)
      await pass(HOUR)
      await looked()
    }
    const { n } = await deps.db
      .selectFrom('subscription_entries')
      .select((eb) => eb.fn.countAll().as('n'))
      .where('subscription_id', '=', id)
      .executeTakeFirstOrThrow()
    expect(Number(n)).toBeLessThanOrEqual(MOST_REMEMBERED)
    expect((await get(id)).waiting).toBeLessThanOrEqual(1000)
  })
})
