import { lockRows } from '../lock-rows.ts'
import type { Tx } from '../tables.ts'

/** Whoever counts what the account has, and adds to it, comes after whoever did so before: together they keep its limits. */
export const lockAccount = (tx: Tx, accountId: string): Promise<unknown> =>
  lockRows(tx.selectFrom('accounts').select('id').where('id', '=', accountId)).execute()
