import { DomainError } from '../errors.ts'
import type { Db, Tx } from '../tables.ts'

/** Whole credits. `available` is what a new hold may take. */
export interface Balance {
  posted: number
  pending: number
  available: number
}

export async function balanceOf(db: Db | Tx, accountId: string): Promise<Balance> {
  const row = await db
    .selectFrom('credit_balances')
    .select(['posted', 'pending'])
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no account ${accountId}.`)
  return { posted: row.posted, pending: row.pending, available: row.posted - row.pending }
}
