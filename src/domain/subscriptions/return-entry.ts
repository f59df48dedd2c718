import type { Tx } from '../tables.ts'
import { retryWait } from './rules.ts'

/**
 * Runs in the transaction in which an item fails for lack of credits. If a subscription found the item, its entry waits
 * again, longer each time, since the cost of an entry is often unknown until it is downloaded.
 */
export async function returnEntry(tx: Tx, now: number, batchId: string, index: number): Promise<void> {
  const entry = await tx
    .selectFrom('subscription_entries')
    .select(['subscription_id', 'key', 'retries'])
    .where('batch_id', '=', batchId)
    .where('batch_index', '=', index)
    .executeTakeFirst()
  if (!entry) return
  const { subscription_id, key, retries } = entry
  await tx
    .updateTable('subscription_entries')
    .set({
      state: 'waiting',
      batch_id: null,
      batch_index: null,
      retry_at: now + retryWait(retries),
      retries: retries + 1,
    })
    .where('subscription_id', '=', subscription_id)
    .where('key', '=', key)
    .execute()
  // Makes the subscription due, so that `blocked` is updated.
  await tx
    .updateTable('subscriptions')
    .set({ next_at: now })
    .where('id', '=', subscription_id)
    .where('next_at', '>', now)
    .execute()
}
