/**
 * What a payment provider tells, applied once: its events come late, twice and in any order. The id of each
 * is written in the transaction that applies it, and every grant has a reference of its own behind that.
 */
import { type PaymentEvent, SUBSCRIPTION_STATES, type SubscriptionState } from '../../ports/payments.ts'
import type { Deps } from '../context.ts'
import { grant } from '../credits/grant.ts'
import type { Tx } from '../tables.ts'

type ApplyDeps = Pick<Deps, 'db' | 'clock' | 'policy'>

/** False: it was applied before. */
export async function applyPayment(deps: ApplyDeps, event: PaymentEvent): Promise<boolean> {
  return deps.db.transaction().execute(async (tx) => {
    const now = deps.clock.now()
    const seen = await tx
      .insertInto('payment_events')
      .values({ id: event.id, type: event.kind, created_at: now })
      .onConflict((c) => c.column('id').doNothing())
      .executeTakeFirst()
    if (seen.numInsertedOrUpdatedRows === 0n) return false
    await apply(tx, deps, now, event)
    return true
  })
}

async function apply(tx: Tx, { policy }: ApplyDeps, now: number, event: PaymentEvent): Promise<void> {
  switch (event.kind) {
    case 'purchase.paid':
      return completePurchase(tx, now, event.purchaseId, event.customer)
    case 'purchase.expired':
      return expirePurchase(tx, now, event.purchaseId)
    case 'subscription.changed':
      return changeSubscription(tx, event)
    case 'period.paid': {
      const plan = policy.catalogue.plans.find((each) => each.id === event.plan)
      if (plan && plan.monthlyCredits > 0 && (await accountExists(tx, event.accountId)))
        await grant(tx, now, {
          accountId: event.accountId,
          amount: plan.monthlyCredits,
          reference: `period:${event.invoice}`,
          note: `plan ${plan.id}`,
        })
    }
  }
}

/** Gives a pack's credits; a plan's come with its paid periods. Done once, also when told by two events. */
export async function completePurchase(
  tx: Tx,
  now: number,
  purchaseId: string,
  customer: string | null,
): Promise<void> {
  const row = await tx
    .updateTable('purchases')
    .set({ state: 'paid', ended_at: now })
    .where('id', '=', purchaseId)
    .where('state', '!=', 'paid')
    .returningAll()
    .executeTakeFirst()
  if (!row) return
  if (customer !== null)
    await tx
      .updateTable('accounts')
      .set({ payment_customer: customer })
      .where('id', '=', row.account_id)
      .execute()
  if (row.credits > 0)
    await grant(tx, now, {
      accountId: row.account_id,
      amount: row.credits,
      reference: `purchase:${row.id}`,
      note: `pack ${row.item}`,
    })
}

async function expirePurchase(tx: Tx, now: number, purchaseId: string): Promise<void> {
  await tx
    .updateTable('purchases')
    .set({ state: 'expired', ended_at: now })
    .where('id', '=', purchaseId)
    .where('state', '=', 'open')
    .execute()
}

async function changeSubscription(
  tx: Tx,
  event: Extract<PaymentEvent, { kind: 'subscription.changed' }>,
): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({
      plan: event.plan,
      subscription_status: event.status,
      current_period_end: event.currentPeriodEnd,
      payment_customer: event.customer,
      payment_subscription: event.subscription,
      payment_event_at: event.at,
      // From now on the provider says when a period begins.
      next_grant_at: null,
    })
    .where('id', '=', event.accountId)
    .where((eb) =>
      eb.or([
        eb('payment_event_at', 'is', null),
        eb('payment_event_at', '<', event.at),
        eb.and([
          eb('payment_event_at', '=', event.at),
          eb('subscription_status', 'in', [...comesAfter(event)]),
        ]),
      ]),
    )
    .execute()
}

/**
 * The provider's clock counts seconds, and its events come in any order: of two in one second, the one that goes on
 * from what is known is the later one. An ended subscription never goes on.
 */
const comesAfter = ({
  status,
  previous,
}: Extract<PaymentEvent, { kind: 'subscription.changed' }>): readonly SubscriptionState[] => {
  if (status === 'canceled') return SUBSCRIPTION_STATES
  const before = previous ?? status
  return before === 'canceled' ? [] : [before]
}

async function accountExists(tx: Tx, id: string): Promise<boolean> {
  return (await tx.selectFrom('accounts').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}
