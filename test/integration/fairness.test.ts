/** Who goes first, how many of one account run, and how many may wait: against both databases. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import type { Ctx, Deps, Policy } from '../../src/domain/context.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import type { MediaRow } from '../../src/domain/tables.ts'
import { accept } from '../../src/domain/transcriptions/accept.ts'
import { claim } from '../../src/domain/transcriptions/lease.ts'
import { cancel } from '../../src/domain/transcriptions/settle.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

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
      media: diskMediaStore(join(tmpdir(), 'no-media')),
      clock: { now: () => now },
    }
  })

  const account = async (): Promise<Ctx> => {
    const { accountId } = await createAccount(deps, { name: 'test', credits: 1000 })
    return { accountId, keyId: null, scopes: ['transcribe'], requestId: 'req_test' }
  }

  async function send(ctx: Ctx, seconds: number): Promise<string> {
    const media = { id: 'media_x', filename: 'x.wav', duration_ms: seconds * 1000 } as MediaRow
    now += 1
    const { id } = await accept(deps, ctx, {
      surface: 'native',
      wishes: {},
      source: { kind: 'media', media },
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: seconds,
    })
    return id
  }

  const next = (options = {}): Promise<string | undefined> =>
    claim(deps, LEASE_MS, options).then((claimed) => claimed?.row.id)

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
    const [a1, a2, clip] = [await send(a, HOURS), await send(a, HOURS), await send(a, 15)]
    expect(await next()).toBe(a1)
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
    expect(claimed).toContain(await next({ perAccount: 1 }))
    await endAll()
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
