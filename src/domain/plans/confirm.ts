import type { Deps } from '../context.ts'
import { grant } from '../credits/grant.ts'
import { DomainError } from '../errors.ts'
import { completePurchase } from './apply.ts'
import { planOf } from './catalogue.ts'
import { nextPeriod } from './period.ts'
import type { PurchaseRow } from './tables.ts'

/**
 * The operator was paid by other means: gives what was bought, once. A plan begins, with its first month's
 * credits; those of later months follow by themselves.
 * @throws DomainError `resource.not_found`
 */
export async function confirmPurchase(
  { db, clock, policy }: Pick<Deps, 'db' | 'clock' | 'policy'>,
  purchaseId: string,
): Promise<PurchaseRow> {
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    await completePurchase(tx, now, purchaseId, null)
    const row = await tx.selectFrom('purchases').selectAll().where('id', '=', purchaseId).executeTakeFirst()
    if (!row) throw new DomainError('resource.not_found', `There is no purchase ${purchaseId}.`)
    if (row.kind !== 'plan') return row
    const { id, monthlyCredits } = planOf(policy.catalogue, row.item)
    const reference = `purchase:${row.id}`
    const first =
      monthlyCredits > 0 &&
      (await grant(tx, now, {
        accountId: row.account_id,
        amount: monthlyCredits,
        reference,
        note: `plan ${id}`,
      }))
    if (first) await begin(row.account_id)
    return row

    async function begin(accountId: string): Promise<void> {
      const { created_at } = await tx
        .selectFrom('accounts')
        .select('created_at')
        .where('id', '=', accountId)
        .executeTakeFirstOrThrow()
      await tx
        .updateTable('accounts')
        .set({ plan: id, subscription_status: 'active', next_grant_at: nextPeriod(created_at, now) })
        .where('id', '=', accountId)
        .execute()
    }
  })
}
