/** A server dies while it executes a request under an `Idempotency-Key`: the next one executes it. */
import { tmpdir } from 'node:os'
import { beforeAll, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { manualPayments } from '../../src/adapters/payments/manual.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { createBatch } from '../../src/domain/batches/create.ts'
import { listBatches } from '../../src/domain/batches/read.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { claimKey, dropKey, recordMade } from '../../src/domain/idempotency/claim.ts'
import { findExecution } from '../../src/domain/idempotency/find.ts'
import { storeResponse } from '../../src/domain/idempotency/response.ts'
import { freeClaims, Lost, newLease } from '../../src/domain/leases/lease.ts'
import { startCheckout } from '../../src/domain/plans/checkout.ts'
import { listPurchases } from '../../src/domain/plans/list-purchases.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

const HOUR = 3_600_000

describeBothDatabases('a key whose request died with its server', (database) => {
  const once = { accountId: '', route: 'POST /v1/batches', key: 'k', fingerprint: 'f' }
  const lease = () => newLease('idempotency_keys', HOUR)
  const claimIt = (as = lease(), of = once) =>
    claimKey(database().db, database().clock.now(), of, { keepMs: HOUR, lease: as })

  beforeAll(async () => {
    const { db, clock } = database()
    once.accountId = (await createAccount({ db, clock }, { name: 'a', credits: 100 })).accountId
  })

  it('is claimed by one after the claims were freed, and by nobody once it has an answer', async () => {
    const { db, clock } = database()
    const dead = lease()
    expect(await claimIt(dead)).toEqual({ made_id: null })
    expect(await claimIt()).toBeUndefined()
    await freeClaims(db)
    expect(await findExecution({ db, clock }, once)).toMatchObject({ status: null })
    const next = lease()
    expect(await claimIt(next)).toEqual({ made_id: null })
    expect(await claimIt()).toBeUndefined()
    expect(await dropKey(db, dead)).toBe(false)
    await storeResponse(db, once, { status: 202, headers: {}, body: '{}' }, next.token)
    await freeClaims(db)
    expect(await claimIt()).toBeUndefined()
    expect(await findExecution({ db, clock }, once)).toMatchObject({ status: 202, body: '{}' })
  })

  it('tells what was made under it, until it expires or that is of no use', async () => {
    const { db, clock } = database()
    const of = { ...once, key: 'made' }
    const first = lease()
    await claimIt(first, of)
    await recordMade(db, { once: { ...of, token: first.token } }, 'batch_1')
    // It was not answered: the database was away, say.
    expect(await dropKey(db, first)).toBe(true)
    await expect(findExecution({ db, clock }, { ...of, fingerprint: 'g' })).rejects.toMatchObject({
      code: 'idempotency.conflict',
    })
    const next = lease()
    expect(await claimIt(next, of)).toEqual({ made_id: 'batch_1' })
    await freeClaims(db)
    const later = { keepMs: HOUR, lease: lease() }
    expect(await claimKey(db, clock.now() + 2 * HOUR, of, later)).toEqual({ made_id: null })
    const token = later.lease.token
    await recordMade(db, { once: { ...of, token } }, 'batch_2')
    await recordMade(db, { once: { ...of, token } }, null)
    expect(await dropKey(db, later.lease)).toBe(true)
    expect(await findExecution({ db, clock }, of)).toBeUndefined()
  })

  it('whose server was only slow, leaves nothing of what that makes later', async () => {
    const { db, clock, signals } = database()
    const policy = policyOf(loadConfig({}))
    const deps: Deps = { db, clock, signals, databaseAway, policy, media: diskMediaStore(tmpdir()) }
    const slow = { ...once, key: 'slow', token: lease().token }
    const ctx: Ctx = {
      accountId: once.accountId,
      keyId: null,
      scopes: SCOPES,
      requestId: 'req_1',
      once: slow,
    }
    const items = [{ url: 'https://pod.example/a.mp3' }]
    await expect(createBatch(deps, ctx, { surface: 'native', wishes: {}, items })).rejects.toThrow(Lost)
    expect((await listBatches(deps, ctx, { limit: 9 })).items).toEqual([])
    const order = { plan: 'pro', successUrl: '', cancelUrl: '' }
    await expect(startCheckout({ ...deps, payments: manualPayments }, ctx, order)).rejects.toThrow(Lost)
    expect(await listPurchases(deps, ctx)).toEqual([])
  })
})
