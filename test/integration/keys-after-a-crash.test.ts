/** A server dies while it executes a request under an `Idempotency-Key`: the next one executes it. */
import { tmpdir } from 'node:os'
import { beforeAll, expect, it } from 'vitest'
import { databaseAway } from '../../src/adapters/database/away.ts'
import { diskMediaStore } from '../../src/adapters/media-store/disk.ts'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { createBatch } from '../../src/domain/batches/create.ts'
import { type Ctx, type Deps, SCOPES } from '../../src/domain/context.ts'
import { claimKey, dropKey } from '../../src/domain/idempotency/claim.ts'
import { findExecution } from '../../src/domain/idempotency/find.ts'
import { storeResponse } from '../../src/domain/idempotency/response.ts'
import { freeClaims, newLease } from '../../src/domain/leases/lease.ts'
import { policyOf } from '../../src/main/compose.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

const HOUR = 3_600_000

describeBothDatabases('a key whose request died with its server', (database) => {
  const once = { accountId: '', route: 'POST /v1/batches', key: 'k', fingerprint: 'f' }
  const lease = () => newLease('idempotency_keys', HOUR)
  const claimIt = (as = lease()): Promise<boolean> =>
    claimKey(database().db, database().clock.now(), once, { keepMs: HOUR, lease: as })

  beforeAll(async () => {
    const { db, clock } = database()
    once.accountId = (await createAccount({ db, clock }, { name: 'a', credits: 100 })).accountId
  })

  it('is claimed by one after the claims were freed, and by nobody once it has an answer', async () => {
    const { db, clock } = database()
    const dead = lease()
    expect(await claimIt(dead)).toBe(true)
    expect(await claimIt()).toBe(false)
    await freeClaims(db)
    expect(await findExecution({ db, clock }, once)).toMatchObject({ status: null })
    const next = lease()
    expect(await claimIt(next)).toBe(true)
    expect(await claimIt()).toBe(false)
    expect(await dropKey(db, dead)).toBe(false)
    await storeResponse(db, once, { status: 202, headers: {}, body: '{}' }, next.token)
    await freeClaims(db)
    expect(await claimIt()).toBe(false)
    expect(await findExecution({ db, clock }, once)).toMatchObject({ status: 202, body: '{}' })
  })

  it('finds the batch that was begun under it, and finishes one that was not', async () => {
    const { db, clock, signals } = database()
    const deps: Deps = {
      db,
      clock,
      signals,
      databaseAway,
      policy: policyOf(loadConfig({})),
      media: diskMediaStore(tmpdir()),
    }
    const ctx: Ctx = { accountId: once.accountId, keyId: null, scopes: SCOPES, requestId: 'req_1', once }
    const items = ['a', 'b'].map((name) => ({ url: `https://pod.example/${name}.mp3` }))
    const begin = (as = ctx) => createBatch(deps, as, { surface: 'native', wishes: {}, items })
    const { id } = await begin()
    await db.updateTable('batches').set({ state: 'accepting' }).where('id', '=', id).execute()
    await db.deleteFrom('batch_items').where('idx', '=', 1).execute()
    expect(await begin()).toMatchObject({ id, state: 'running' })
    await db.updateTable('batches').set({ state: 'completed' }).where('id', '=', id).execute()
    expect(await begin()).toMatchObject({ id, state: 'completed' })
    expect(await db.selectFrom('batch_items').select('idx').orderBy('idx').execute()).toEqual([
      { idx: 0 },
      { idx: 1 },
    ])
    // Another key, none, and the same one after it has expired stand for other batches.
    const others = [
      { ...ctx, once: { ...once, key: 'l' } },
      { ...ctx, once: undefined },
    ]
    const expired = { ...ctx, once: { ...once, keepMs: -1 } }
    for (const as of [...others, expired]) expect((await begin(as as Ctx)).id).not.toBe(id)
  })
})
