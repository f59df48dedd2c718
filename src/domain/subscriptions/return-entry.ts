import type { Tx } from '../tables.ts'
import { retryWait } from './rules.ts'

/**
 * In the transaction in which an item fails for want of credits: if a subscription found it, it waits again, longer each
 * time. How much it costs is seldom known before it is fetched.
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
  // Whoever looks after it next says why it waits.
  await tx
    .updateTable('subscriptions')
    .set({ next_at: now })
    .where('id', '=', subscription_id)
    .where('next_at', '>', now)
    .execute()
}
