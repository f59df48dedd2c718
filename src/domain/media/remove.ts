import type { Ctx, Deps } from '../context.ts'
import { requireScope } from '../keys/authenticate.ts'
import { getMedia } from './get.ts'

/**
 * Takes a file out of the account's library. Transcripts made of it stay.
 * @throws DomainError `resource.not_found`
 */
export async function removeMedia(
  deps: Pick<Deps, 'db' | 'media'>,
  ctx: Ctx,
  mediaId: string,
): Promise<void> {
  requireScope(ctx, 'media')
  const { id, storage_key } = await getMedia(deps, ctx.accountId, mediaId)
  // The row first: a file without a row is only lost space, a row without a file is a broken promise.
  await deps.db.deleteFrom('media').where('id', '=', id).execute()
  await deps.media.remove(storage_key)
}
