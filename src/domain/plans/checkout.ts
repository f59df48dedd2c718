import type { Payments } from '../../ports/payments.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
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
  /** The purchase that this request made before, and was not answered: see `recordMade`. */
  made?: string | null
}

type CheckoutDeps = Pick<Deps, 'db' | 'clock' | 'policy'> & { payments: Payments }

/**
 * Begins to buy a plan or a pack of credits. Nothing is given before the provider, or the operator, says
 * that it is paid.
 * @throws DomainError `key.scope`, `request.invalid`, `payment.unavailable`
 */
export async function startCheckout(
  deps: CheckoutDeps,
  ctx: Ctx,
  { plan, pack, successUrl, cancelUrl, made = null }: StartCheckout,
): Promise<{ purchase: PurchaseRow; url: string | null }> {
  requireScope(ctx, 'credits')
  const { db, policy, payments } = deps
  const { priceId, ...item } = chosen(policy.catalogue, plan, pack)
  if (payments.provider !== 'manual' && !priceId)
    throw new DomainError('request.invalid', `${item.kind}: “${item.item}” is not for sale.`, {
      field: item.kind,
      reason: 'not_for_sale',
    })
  const purchase = made === null ? await begin(deps, ctx, item) : await begun(deps, made)
  const account = await db
    .selectFrom('accounts')
    .select('payment_customer')
    .where('id', '=', ctx.accountId)
    .executeTakeFirstOrThrow()
  const { ref, url } = await payments
    .checkout({
      purchaseId: purchase.id,
      accountId: ctx.accountId,
      kind: item.kind,
      item: item.item,
      priceId,
      customer: account.payment_customer,
      successUrl,
      cancelUrl,
    })
    .catch(async (cause: Error) => {
      // Asked for the same purchase, Stripe repeats for a day that it failed.
      await recordMade(db, ctx, null)
      throw new DomainError('payment.unavailable', cause.message, {}, { cause })
    })
  await db.updateTable('purchases').set({ provider_ref: ref }).where('id', '=', purchase.id).execute()
  return { purchase: { ...purchase, provider_ref: ref }, url }
}

/** Stored before the provider knows of it, so that its first event finds it. */
async function begin(
  { db, clock, payments }: CheckoutDeps,
  ctx: Ctx,
  item: Pick<PurchaseRow, 'kind' | 'item' | 'credits'>,
): Promise<PurchaseRow> {
  const purchase: PurchaseRow = {
    id: newId('buy'),
    account_id: ctx.accountId,
    ...item,
    provider: payments.provider,
    provider_ref: null,
    state: 'open',
    created_at: clock.now(),
    ended_at: null,
  }
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('purchases').values(purchase).execute()
    await recordMade(tx, ctx, purchase.id)
  })
  return purchase
}

/** Its provider is asked again, and knows it by its id. */
const begun = ({ db }: CheckoutDeps, id: string): Promise<PurchaseRow> =>
  db.selectFrom('purchases').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

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
