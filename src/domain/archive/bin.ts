import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { cancelOpen } from '../transcriptions/cancel-open.ts'

export type Binned = 'binned' | 'cancelled'

/**
 * Puts transcriptions into the bin, from which they can be restored for `EARSHOT_BIN_DAYS`. Those that are queued or
 * running are cancelled instead, and stay listed. Ids that do not exist in the account are skipped.
 * @param media whether their recordings are deleted too when the bin is emptied
 * @throws DomainError `role.forbidden`, before anything has changed
 */
export async function binTranscriptions(
  deps: Pick<Deps, 'db' | 'signals' | 'clock'>,
  ctx: Ctx,
  { ids, media }: { ids: readonly string[]; media: boolean },
): Promise<{ id: string; outcome: Binned }[]> {
  requireScope(ctx, 'transcribe')
  const { db, clock } = deps
  const all = await cancelOpen(deps, ctx, ids)
  const binned = all.filter(({ cancelled }) => !cancelled).map(({ id }) => id)
  if (binned.length > 0)
    await db
      .updateTable('transcriptions')
      .set({
        binned_at: clock.now(),
        binned_by: ctx.userId ?? ctx.keyId,
        binned_media: media ? 1 : 0,
      })
      .where('id', 'in', binned)
      .where('account_id', '=', ctx.accountId)
      // The time of one that is already there is not extended.
      .where('binned_at', 'is', null)
      .execute()
  return all.map(({ id, cancelled }) => ({ id, outcome: cancelled ? 'cancelled' : 'binned' }))
}

/** Takes transcriptions out of the bin. @returns those that were in it */
export async function restoreTranscriptions(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  ids: readonly string[],
): Promise<{ id: string }[]> {
  requireScope(ctx, 'transcribe')
  return db
    .updateTable('transcriptions')
    .set({ binned_at: null, binned_by: null, binned_media: 0 })
    .where('id', 'in', [...new Set(ids)])
    .where('account_id', '=', ctx.accountId)
    .where('binned_at', 'is not', null)
    .returning('id')
    .execute()
}
