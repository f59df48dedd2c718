/** A server dies while it executes a request under an `Idempotency-Key`: the next one executes it. */
import { beforeAll, expect, it } from 'vitest'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { claimKey, dropKey } from '../../src/domain/idempotency/claim.ts'
import { findExecution } from '../../src/domain/idempotency/find.ts'
import { storeResponse } from '../../src/domain/idempotency/response.ts'
import { freeClaims, newLease } from '../../src/domain/leases/lease.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

const HOUR = 3_600_000

describeBothDatabases('a key whose request died with its server', (database) => {
  const once = { accountId: '', route: 'POST /v1/batches', key: 'k', fingerprint: 'f' }
  const lease = () => newLease('idempotency_keys', HOUR)
  const claimIt = (as = lease()): Promise<boolean> =>
    claimKey(database().db, database().clock.now(), once, { keepMs: HOUR, lease: as })

  beforeAll(async () => {
    const { db, clock } = database()
    once.accountId = (await createAccount({ db, clock }, { name: 'a', credits: 0 })).accountId
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
})
