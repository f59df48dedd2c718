import { DomainError } from '../errors.ts'
import type { Tx } from '../tables.ts'
import { available, ISSUED, moveBalance, record } from './ledger.ts'

export interface Grant {
  accountId: string
  /** Whole credits, more than zero. */
  amount: number
  /** Names the occasion (`signup:acct_…`, `stripe:evt_…`): the same one grants once. */
  reference?: string
  note?: string
}

/** Gives credits. Returns false where this reference was granted before. */
export async function grant(
  tx: Tx,
  now: number,
  { accountId, amount, reference, note }: Grant,
): Promise<boolean> {
  if (!Number.isSafeInteger(amount) || amount <= 0)
    throw new DomainError('request.invalid', 'Credits are granted in whole numbers above zero.', {
      field: 'amount',
      reason: 'not_a_positive_integer',
    })
  if (reference) {
    const before = await tx
      .selectFrom('credit_transfers')
      .select('id')
      .where('reference', '=', reference)
      .executeTakeFirst()
    if (before) return false
  }
  if (!(await moveBalance(tx, accountId, { posted: amount })))
    throw new DomainError('resource.not_found', `There is no account ${accountId}.`)
  await record(tx, now, {
    accountId,
    kind: 'grant',
    from: ISSUED,
    to: available(accountId),
    amount,
    ...(reference && { reference }),
    ...(note && { note }),
  })
  return true
}
