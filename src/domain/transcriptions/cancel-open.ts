import { requireMayDelete } from '../archive/retention.ts'
import type { Ctx, Deps } from '../context.ts'
import { cancel } from './settle.ts'
import { hasEnded } from './watch.ts'

/**
 * Cancels those that are queued or running. Ids that are not the account's are ignored.
 * @returns those that exist, and whether each was cancelled; one that was not has ended
 * @throws DomainError `role.forbidden`, before anything has changed
 */
export async function cancelOpen(
  deps: Pick<Deps, 'db' | 'signals' | 'clock'>,
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string; cancelled: boolean }[]> {
  const rows = await deps.db
    .selectFrom('transcriptions')
    .select(['id', 'state', 'created_by'])
    .where('account_id', '=', ctx.accountId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  await requireMayDelete(deps.db, ctx, rows)
  const all: { id: string; cancelled: boolean }[] = []
  // One that ends by itself before it can be cancelled has ended.
  for (const { id, state } of rows)
    all.push({ id, cancelled: !hasEnded(state) && (await cancel(deps, ctx.accountId, id)) })
  return all
}
