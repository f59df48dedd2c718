import type { Deps } from '../context.ts'
import { grant } from '../credits/grant.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { createKey } from '../keys/create.ts'
import { nextPeriod } from '../plans/period.ts'

const YEAR_MS = 365 * 24 * 3_600_000

export interface NewAccount {
  name: string
  plan?: string
  /** Whole credits given at once; default: the plan's monthly ones. */
  credits?: number | undefined
  /** What the plan gives each month; left out: nothing comes by itself. */
  monthlyCredits?: number | undefined
}

/** Makes an account that can work at once: a balance, an active subscription, a key. */
export async function createAccount(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { name, plan = 'starter', monthlyCredits, credits = monthlyCredits ?? 0 }: NewAccount,
): Promise<{ accountId: string; apiKey: string }> {
  if (!name.trim() || name.length > 200)
    throw new DomainError('request.invalid', 'An account needs a name of 1 to 200 characters.', {
      field: 'name',
      reason: 'length',
    })
  if (!Number.isSafeInteger(credits) || credits < 0)
    throw new DomainError('request.invalid', 'Credits are a whole number, zero or more.', {
      field: 'credits',
      reason: 'not_a_whole_number',
    })
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    const id = newId('acct')
    await tx
      .insertInto('accounts')
      .values({
        id,
        name: name.trim(),
        plan,
        subscription_status: 'active',
        // An account that the operator makes is not billed; the far end is renewed by hand.
        current_period_end: now + 100 * YEAR_MS,
        payment_customer: null,
        payment_subscription: null,
        payment_event_at: null,
        next_grant_at: monthlyCredits === undefined ? null : nextPeriod(now, now),
        created_at: now,
      })
      .execute()
    await tx.insertInto('credit_balances').values({ account_id: id, posted: 0, pending: 0 }).execute()
    if (credits > 0) await grant(tx, now, { accountId: id, amount: credits, reference: `signup:${id}` })
    const { apiKey } = await createKey(tx, now, { accountId: id })
    return { accountId: id, apiKey }
  })
}
