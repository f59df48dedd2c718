import { requireMayDelete } from '../archive/retention.ts'
import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { getMedia } from './get.ts'
import { noteStray, removeStray } from './strays.ts'

/**
 * Takes a file out of the account's library. Transcripts made of it stay.
 * @throws DomainError `resource.not_found`, `role.forbidden` if a member did not start all of its transcriptions
 */
export async function removeMedia(
  deps: Pick<Deps, 'db' | 'media'>,
  ctx: Ctx,
  mediaId: string,
): Promise<void> {
  requireScope(ctx, 'media')
  const { id, storage_key } = await getMedia(deps, ctx.accountId, mediaId)
  const madeOfIt = deps.db.selectFrom('transcriptions').select('created_by').where('media_id', '=', id)
  await requireMayDelete(deps.db, ctx, await madeOfIt.execute())
  await dropMedia(deps, { id, storage_key })
}

/** Takes back a file that came with a request that was refused, unless another request works on the same bytes. */
export async function removeUnusedMedia(
  deps: Pick<Deps, 'db' | 'media'>,
  ctx: Ctx,
  mediaId: string,
): Promise<void> {
  const used = await deps.db
    .selectFrom('transcriptions')
    .select('id')
    .where('media_id', '=', mediaId)
    .limit(1)
    .executeTakeFirst()
  if (!used) await removeMedia(deps, ctx, mediaId)
}

/**
 * The row first: a file without a row is noted and found again, a row without a file is a broken promise.
 * @param keptSince not where it was kept anew since
 */
export async function dropMedia(
  deps: Pick<Deps, 'db' | 'media'>,
  { id, storage_key }: { id: string; storage_key: string },
  keptSince?: number,
): Promise<void> {
  const dropped = await deps.db.transaction().execute(async (tx) => {
    const { numDeletedRows } = await tx
      .deleteFrom('media')
      .where('id', '=', id)
      .$if(keptSince !== undefined, (query) => query.where('kept_since', '=', keptSince ?? 0))
      .executeTakeFirst()
    if (numDeletedRows === 1n) await noteStray(tx, storage_key, 0)
    return numDeletedRows === 1n
  })
  if (dropped) await removeStray(deps, storage_key)
}
