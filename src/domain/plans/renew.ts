import type { Deps } from '../context.ts'
import { grant } from '../credits/grant.ts'
import { nextPeriod } from './period.ts'

const BATCH = 100

/**
 * Gives the credits of the months that have begun to accounts whose plan no payment provider bills. Each
 * month's are given once, however many processes do this. Returns how many grants were made.
 */
export async function renewDue({
  db,
  clock,
  policy,
}: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<number> {
  const now = clock.now()
  const due = await db
    .selectFrom('accounts')
    .select(['id', 'plan', 'created_at', 'next_grant_at'])
    .where('next_grant_at', '<=', now)
    .where('payment_subscription', 'is', null)
    .where('subscription_status', 'in', ['active', 'trialing'])
    .where('current_period_end', '>', now)
    .limit(BATCH)
    .execute()
  let granted = 0
  for (const { id, plan, created_at, next_grant_at } of due) {
    const { monthlyCredits = 0 } = policy.catalogue.plans.find((each) => each.id === plan) ?? {}
    const period = next_grant_at ?? now
    const given = await db.transaction().execute(async (tx) => {
      const moved = await tx
        .updateTable('accounts')
        .set({ next_grant_at: nextPeriod(created_at, period) })
        .where('id', '=', id)
        .where('next_grant_at', '=', period)
        .executeTakeFirst()
      if (moved.numUpdatedRows === 0n || monthlyCredits === 0) return false
      const reference = `renewal:${id}:${period}`
      return grant(tx, now, { accountId: id, amount: monthlyCredits, reference, note: `plan ${plan}` })
    })
    if (given) granted++
  }
  // An account that was away for months has several to come.
  return due.length > 0 ? granted + (await renewDue({ db, clock, policy })) : granted
}
