/** Who goes first, how many of one account run, and how many may wait: against both databases. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import type { Ctx, Deps, Policy } from '../../src/domain/context.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import type { Lease } from '../../src/domain/leases/lease.ts'
import type { MediaRow } from '../../src/domain/tables.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { anyWaits, claim, freeExpired, giveBack } from '../../src/domain/transcriptions/claim.ts'
import { cancel } from '../../src/domain/transcriptions/settle.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { testFolder } from '../support/test-folder.ts'

const folder = testFolder()

const LEASE_MS = 15_000
const HOURS = 3 * 3600

describeBothDatabases('fairness', (database) => {
  let deps: Deps
  let now = 1_800_000_000_000
  beforeAll(() => {
    const { db, signals } = database()
    const policy: Policy = { ...policyOf(loadConfig({})), queue: { max: 5, perAccount: 3 } }
    deps = {
      db,
      databaseAway,
      signals,
      policy,
      media: diskMediaStore(folder.path),
      clock: { now: () => now },
    }
  })

  const account = async (): Promise<Ctx> => {
    const { accountId } = await createAccount(deps, { name: 'test', credits: 1000 })
    return { accountId, keyId: null, scopes: ['transcribe'], requestId: 'req_test' }
  }

  async function send(ctx: Ctx, seconds: number, waitedFor = false, with_ = deps): Promise<string> {
    const media = { id: 'media_x', filename: 'x.wav', duration_ms: seconds * 1000 } as MediaRow
    now += 1
    const { id } = await accept(with_, ctx, {
      surface: 'native',
      wishes: {},
      source: { kind: 'media', media },
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: seconds,
      deadlineAt: waitedFor ? now + HOURS * 1000 : null,
    })
    return id
  }

  const next = (options = {}): Promise<string | undefined> =>
    claim(deps, LEASE_MS, { downloads: false, ...options }).then((claimed) => claimed?.row.id)

  async function endAll(): Promise<void> {
    const rows = await deps.db
      .selectFrom('transcriptions')
      .select(['id', 'account_id'])
      .where('state', 'in', ['queued', 'running'])
      .execute()
    for (const { id, account_id } of rows) await cancel(deps, account_id, id)
  }

  it('the account of which least runs comes first, then the oldest', async () => {
    const [a, b] = [await account(), await account()]
    const [a1, a2, b1] = [await send(a, HOURS), await send(a, HOURS), await send(b, HOURS)]
    expect([await next(), await next(), await next(), await next()]).toEqual([a1, b1, a2, undefined])
    await endAll()
  })

  it('beyond the places there are, only what is short or of an account of which nothing runs', async () => {
    const [a, b] = [await account(), await account()]
    const a1 = await send(a, HOURS)
    expect(await next()).toBe(a1)
    const [a2, clip] = [await send(a, HOURS), await send(a, 15)]
    expect(await next({ express: true })).toBe(clip)
    expect(await next({ express: true })).toBeUndefined()
    const b1 = await send(b, HOURS)
    expect(await next({ express: true })).toBe(b1)
    expect(await next({ express: true })).toBeUndefined()
    expect(await next()).toBe(a2)
    await endAll()
  })

  it('of one account no more run than may, however many claim at once', async () => {
    const [a, b] = [await account(), await account()]
    for (let k = 0; k < 3; k++) await send(a, 10)
    const other = await send(b, 10)
    const claims = await Promise.all(Array.from({ length: 8 }, () => next({ perAccount: 1 })))
    const claimed = claims.filter((id) => id !== undefined)
    expect(claimed).toHaveLength(2)
    expect(claimed).toContain(other)
    // A worker died with it: it is claimed again, and counts once.
    await database().setTime((await database().time()) + LEASE_MS + 1)
    expect(await freeExpired(deps)).toBe(2)
    expect(claimed).toContain(await next({ perAccount: 1 }))
    await endAll()
  })

  it('of an account, what somebody waits for and what is short come first, until the others have waited long', async () => {
    const ctx = await account()
    const long = await send(ctx, HOURS)
    const short = await send(ctx, 15)
    const asked = await send(ctx, HOURS, true)
    expect([await next(), await next(), await next()]).toEqual([asked, short, long])
    await endAll()
    const old = await send(ctx, HOURS)
    now += 10 * 60_000
    await send(ctx, 15, true)
    expect(await next()).toBe(old)
    await endAll()
  })

  it('between accounts too: a short one does not wait for those that came a moment before', async () => {
    const accounts = [await account(), await account(), await account()]
    for (const ctx of accounts.slice(0, 2)) await send(ctx, HOURS)
    const asked = await send(accounts[2]!, 15, true)
    expect(await next()).toBe(asked)
    await endAll()
  })

  it('the one line does not wait for the other', async () => {
    const ctx = await account()
    await send(ctx, HOURS)
    expect(await next({ downloads: true })).toBeUndefined()
    expect(await next({ downloads: true, express: true })).toBeUndefined()
    expect(await next({ without: [ctx.accountId] })).toBeUndefined()
    expect(await next({ without: ['another'] })).toBeDefined()
    await endAll()
  })

  it('a look says the same as a claim, whatever is asked for', async () => {
    const [a, b] = [await account(), await account()]
    const all = [
      {},
      { express: true },
      { perAccount: 1 },
      { without: [a.accountId] },
      { without: [a.accountId, b.accountId] },
      { elsewhere: ['tone'] },
      { only: { models: ['tone'], unnamed: false } },
      { only: { models: [], unnamed: true } },
      { diarizes: false },
    ].flatMap((options) => [
      { ...options, downloads: false },
      { ...options, downloads: true },
    ])
    async function agree(): Promise<void> {
      for (const options of all) {
        const looked = await anyWaits(deps.db, options)
        const claimed = await claim(deps, LEASE_MS, options)
        expect({ ...options, looked }).toEqual({ ...options, looked: claimed !== undefined })
        if (claimed) await giveBack(deps, claimed.lease.token)
      }
    }
    await agree()
    for (const [who, seconds] of [
      [a, HOURS],
      [a, HOURS],
      [b, HOURS],
      [a, 15],
    ] as const) {
      await send(who, seconds)
      await agree()
      await next()
      await agree()
    }
    await endAll()
    await agree()
  })

  it('property: always of the account with the least running, each in its turn, and the numbers are right', async () => {
    const unlimited = { ...deps, policy: { ...deps.policy, queue: { max: 1000, perAccount: 1000 } } }
    const step = fc.oneof(
      fc.record({ do: fc.constant('send' as const), who: fc.nat({ max: 4 }) }),
      fc.record({ do: fc.constant('claim' as const), who: fc.nat({ max: 4 }) }),
      fc.record({ do: fc.constant('end' as const), who: fc.nat({ max: 4 }) }),
      fc.record({ do: fc.constant('give back' as const), who: fc.nat({ max: 4 }) }),
    )
    const accounts = await Promise.all([0, 1, 2, 3, 4].map(account))
    const ids = accounts.map(({ accountId }) => accountId)
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
        const waiting = new Map(ids.map((id) => [id, 0]))
        const running = new Map<string, Lease[]>(ids.map((id) => [id, []]))
        /** How many claims went to others since it began to wait for its turn. */
        const passed = new Map<string, number>()
        for (const each of steps) {
          const id = ids[each.who]!
          now += 1
          await database().setTime(now)
          if (each.do === 'send') {
            await send(accounts[each.who]!, HOURS, false, unlimited)
            waiting.set(id, waiting.get(id)! + 1)
          } else if (each.do === 'claim') {
            const looked = await anyWaits(deps.db, { downloads: false })
            const claimed = await claim(deps, LEASE_MS, { downloads: false })
            expect(looked).toBe(claimed !== undefined)
            const wait = ids.filter((other) => waiting.get(other)! > 0)
            expect(claimed !== undefined).toBe(wait.length > 0)
            if (!claimed) continue
            const { account_id: whose } = claimed.row
            const least = Math.min(...wait.map((other) => running.get(other)!.length))
            expect(wait).toContain(whose)
            expect(running.get(whose)).toHaveLength(least)
            running.get(whose)!.push(claimed.lease)
            waiting.set(whose, waiting.get(whose)! - 1)
            passed.delete(whose)
            // Of those with as little running nobody is passed over by the same account twice.
            for (const other of wait)
              if (other !== whose && running.get(other)!.length === least) {
                passed.set(other, (passed.get(other) ?? 0) + 1)
                expect(passed.get(other)).toBeLessThan(2 * ids.length)
              }
          } else {
            const lease = running.get(id)!.shift()
            if (!lease) continue
            if (each.do === 'give back') {
              await giveBack(deps, lease.token)
              waiting.set(id, waiting.get(id)! + 1)
            } else {
              const row = await deps.db
                .selectFrom('transcriptions')
                .select('id')
                .where('lease_token', '=', lease.token)
                .executeTakeFirstOrThrow()
              await cancel(deps, id, row.id)
            }
          }
          const counted = await deps.db.selectFrom('queues').selectAll().execute()
          expect(
            Object.fromEntries(counted.map((row) => [row.account_id, [row.waiting, row.running]])),
          ).toEqual(
            Object.fromEntries(
              ids
                .map((one) => [one, [waiting.get(one)!, running.get(one)!.length]] as const)
                .filter(([, [w, r]]) => w! + r! > 0),
            ),
          )
        }
        await endAll()
      }),
      { numRuns: 15 },
    )
  })

  it('however many claim at once, each gets one and nobody comes away empty', async () => {
    const unlimited = { ...deps, policy: { ...deps.policy, queue: { max: 1000, perAccount: 1000 } } }
    for (const accounts of [1, 7]) {
      const all = await Promise.all(Array.from({ length: accounts }, account))
      for (let k = 0; k < 56; k++) await send(all[k % accounts]!, HOURS, false, unlimited)
      const claims = await Promise.all(Array.from({ length: 56 }, () => next()))
      expect(new Set(claims).size).toBe(56)
      expect(claims).not.toContain(undefined)
      await endAll()
    }
  })

  describe('a queue that is full', () => {
    it('refuses an account its share, and everyone when there is no room, before anything is held', async () => {
      const [a, b, c] = [await account(), await account(), await account()]
      for (let k = 0; k < 3; k++) await send(a, 10)
      await expect(send(a, 10)).rejects.toMatchObject({ code: 'queue.share', details: { retryAfter: 30 } })
      for (let k = 0; k < 2; k++) await send(b, 10)
      await expect(send(c, 10)).rejects.toMatchObject({ code: 'queue.full', details: { retryAfter: 30 } })
      expect(await balanceOf(deps.db, a.accountId)).toEqual({ posted: 1000, pending: 3, available: 997 })
      expect(await balanceOf(deps.db, c.accountId)).toEqual({ posted: 1000, pending: 0, available: 1000 })
      // What runs no longer waits.
      expect(await next()).toBeDefined()
      expect(await send(c, 10)).toMatch(/^tj_/)
      await endAll()
    })
  })
})
