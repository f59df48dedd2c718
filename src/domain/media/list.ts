import type { Ctx, Deps } from '../context.ts'
import { behind, type Page, pageOf } from '../cursor.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { MediaRow } from '../tables.ts'

/** The account's files, newest first, a page at a time. @throws DomainError `request.invalid` */
export async function listMedia(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<MediaRow>> {
  requireScope(ctx, 'media')
  let query = db
    .selectFrom('media')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) query = query.where(behind(cursor))
  return pageOf(await query.execute(), limit)
}
