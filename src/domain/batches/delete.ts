import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { databaseNow } from '../leases/lease.ts'
import { getBatch } from './read.ts'

/**
 * Cancels what has not ended: no item is begun any more, and those under way are ended by whoever feeds it. What has
 * ended is removed; its transcriptions stay.
 * @throws DomainError `resource.not_found`
 */
export async function deleteBatch(
  deps: Pick<Deps, 'db' | 'signals'>,
  ctx: Ctx,
  id: string,
): Promise<'cancelled' | 'removed'> {
  requireScope(ctx, 'transcribe')
  await getBatch(deps, ctx, id)
  const { numUpdatedRows } = await deps.db
    .updateTable('batches')
    .set({ state: 'cancelling', next_at: databaseNow })
    .where('id', '=', id)
    .where('state', 'in', ['running', 'cancelling'])
    .executeTakeFirst()
  if (numUpdatedRows > 0n) {
    deps.signals.publish('batch.due', id)
    return 'cancelled'
  }
  await deps.db
    .deleteFrom('batches')
    .where('id', '=', id)
    .where('state', 'in', ['completed', 'cancelled'])
    .execute()
  return 'removed'
}
