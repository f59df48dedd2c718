import { lockRows } from '../lock-rows.ts'
import type { Tables, Tx } from '../tables.ts'

/** Whoever counts what the account has, and adds to it, comes after whoever did so before: together they keep its limits. */
export const lockAccount = (tx: Tx, accountId: string): Promise<unknown> =>
  lockRows(tx.selectFrom('accounts').select('id').where('id', '=', accountId)).execute()

/** What an account may have so many of. */
type Limited =
  | 'comments'
  | 'batches'
  | 'subscriptions'
  | 'posts'
  | 'post_drafts'
  | 'speaker_runs'
  | 'videos'
  | 'webhook_endpoints'

type StateOf<T extends Limited> = Tables[T] extends { state: infer State } ? State : never

/**
 * How many of these the account has, and, with `states`, has in one of them. The account is locked: what is added in the
 * same transaction is seen by whoever counts next.
 */
export async function countLocked<T extends Limited>(
  tx: Tx,
  accountId: string,
  table: T,
  states?: readonly StateOf<T>[],
): Promise<number> {
  await lockAccount(tx, accountId)
  const all = tx
    // The types of one table stand for all that have the column.
    .selectFrom(table as 'batches')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('account_id', '=', accountId)
  const counted = states ? all.where('state', 'in', states as readonly StateOf<'batches'>[]) : all
  return Number((await counted.executeTakeFirstOrThrow()).n)
}
