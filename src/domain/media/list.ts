import type { Ctx, Deps } from '../context.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { MediaRow } from '../tables.ts'

/** The account's files, newest first, a page at a time. @throws DomainError `request.invalid` */
export async function listMedia(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: MediaRow[]; nextCursor: string | null }> {
  requireScope(ctx, 'media')
  let query = db
    .selectFrom('media')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) {
    const { at, id } = decodeCursor(cursor)
    query = query.where((eb) =>
      eb.or([eb('created_at', '<', at), eb.and([eb('created_at', '=', at), eb('id', '<', id)])]),
    )
  }
  const rows = await query.execute()
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? encodeCursor(items.at(-1)) : null }
}
