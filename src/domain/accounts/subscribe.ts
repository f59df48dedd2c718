import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { AccountRow, SubscriptionStatus } from '../tables.ts'

export interface SubscriptionChange {
  accountId: string
  plan?: string | undefined
  /** Null: no subscription at all. */
  status?: SubscriptionStatus | null | undefined
  /** Epoch ms. */
  currentPeriodEnd?: number | undefined
}

/** What an operator decides by hand. @throws DomainError `resource.not_found` */
export async function setSubscription(
  { db }: Pick<Deps, 'db'>,
  { accountId, plan, status, currentPeriodEnd }: SubscriptionChange,
): Promise<AccountRow> {
  const row = await db
    .updateTable('accounts')
    .set((eb) => ({
      plan: plan ?? eb.ref('plan'),
      subscription_status: status === undefined ? eb.ref('subscription_status') : status,
      current_period_end: currentPeriodEnd ?? eb.ref('current_period_end'),
    }))
    .where('id', '=', accountId)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no account ${accountId}.`)
  return row
}
