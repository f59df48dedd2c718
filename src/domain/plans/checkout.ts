import type { Payments } from '../../ports/payments.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { packOf, planOf } from './catalogue.ts'
import type { PurchaseRow } from './tables.ts'

export interface StartCheckout {
  plan?: string | undefined
  pack?: string | undefined
  /** Where the payment page leads to afterwards. */
  successUrl: string
  cancelUrl: string
}

/**
 * Begins to buy a plan or a pack of credits. Nothing is given before the provider, or the operator, says
 * that it is paid.
 * @throws DomainError `key.scope`, `request.invalid`, `payment.unavailable`
 */
export async function startCheckout(
  { db, clock, policy, payments }: Pick<Deps, 'db' | 'clock' | 'policy'> & { payments: Payments },
  ctx: Ctx,
  { plan, pack, successUrl, cancelUrl }: StartCheckout,
): Promise<{ purchase: PurchaseRow; url: string | null }> {
  requireScope(ctx, 'credits')
  const { kind, item, credits, priceId } = chosen(policy.catalogue, plan, pack)
  if (payments.provider !== 'manual' && !priceId)
    throw new DomainError('request.invalid', `${kind}: “${item}” is not for sale.`, {
      field: kind,
      reason: 'not_for_sale',
    })
  const purchase: PurchaseRow = {
    id: newId('buy'),
    account_id: ctx.accountId,
    kind,
    item,
    credits,
    provider: payments.provider,
    provider_ref: null,
    state: 'open',
    created_at: clock.now(),
    ended_at: null,
  }
  // Stored before the provider knows of it, so that its first event finds it.
  await db.insertInto('purchases').values(purchase).execute()
  const account = await db
    .selectFrom('accounts')
    .select('payment_customer')
    .where('id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  const { ref, url } = await payments
    .checkout({
      purchaseId: purchase.id,
      accountId: ctx.accountId,
      kind,
      item,
      priceId,
      customer: account.payment_customer,
      successUrl,
      cancelUrl,
    })
    .catch((cause: Error) => {
      throw new DomainError('payment.unavailable', cause.message, {}, { cause })
    })
  await db.updateTable('purchases').set({ provider_ref: ref }).where('id', '=', purchase.id).execute()
  return { purchase: { ...purchase, provider_ref: ref }, url }
}

function chosen(
  catalogue: Deps['policy']['catalogue'],
  plan: string | undefined,
  pack: string | undefined,
): Pick<PurchaseRow, 'kind' | 'item' | 'credits'> & { priceId: string | undefined } {
  if (plan !== undefined && pack === undefined)
    return { kind: 'plan', item: plan, credits: 0, priceId: planOf(catalogue, plan).priceId }
  if (pack !== undefined && plan === undefined) {
    const { credits, priceId } = packOf(catalogue, pack)
    return { kind: 'pack', item: pack, credits, priceId }
  }
  throw new DomainError('request.invalid', 'Give either plan or pack.', { field: 'plan', reason: 'required' })
}
