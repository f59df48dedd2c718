/** The ledger's verbs against both databases. */
import { expect, it } from 'vitest'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { audit } from '../../src/domain/credits/audit.ts'
import { balanceOf } from '../../src/domain/credits/balance.ts'
import { hold, post, release } from '../../src/domain/credits/holds.ts'
import { describeBothDatabases } from '../support/both-databases.ts'

const NOW = 1_800_000_000_000
const clock = { now: () => NOW }

describeBothDatabases('the ledger', (database) => {
  it('never lets simultaneous holds take more than there is', async () => {
    const { db } = database()
    const { accountId } = await createAccount({ db, clock }, { name: 'a', credits: 10 })
    const take = (n: number) =>
      db
        .transaction()
        .execute((tx) =>
          hold(tx, NOW, { accountId, amount: 3, transcriptionId: `tj_${n}`, expiresAt: NOW + 1000 }),
        )
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => take(n)))
    const held = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []))
    expect(held).toHaveLength(3)
    expect(await balanceOf(db, accountId)).toEqual({ posted: 10, pending: 9, available: 1 })
    await db.transaction().execute((tx) => post(tx, NOW, held[0]!, 1))
    await db.transaction().execute((tx) => release(tx, NOW, held[1]!, 'voided'))
    expect(await balanceOf(db, accountId)).toEqual({ posted: 9, pending: 3, available: 6 })
    expect(await audit(db)).toMatchObject({ ok: true, faults: [] })
  })

  it('ends a hold once, whoever else tries at the same moment', async () => {
    const { db } = database()
    const { accountId } = await createAccount({ db, clock }, { name: 'b', credits: 5 })
    const id = await db
      .transaction()
      .execute((tx) =>
        hold(tx, NOW, { accountId, amount: 5, transcriptionId: 'tj_once', expiresAt: NOW + 1000 }),
      )
    const ends = [
      ...Array.from({ length: 5 }, () => db.transaction().execute((tx) => post(tx, NOW, id, 4))),
      ...Array.from({ length: 5 }, () => db.transaction().execute((tx) => release(tx, NOW, id, 'voided'))),
    ]
    const outcomes = await Promise.allSettled(ends)
    expect(outcomes.filter((o) => o.status === 'fulfilled')).toHaveLength(1)
    expect((await balanceOf(db, accountId)).pending).toBe(0)
    expect(await audit(db)).toMatchObject({ ok: true, faults: [] })
  })
})
