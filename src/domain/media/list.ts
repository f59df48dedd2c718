import type { Ctx, Deps } from '../context.ts'
import { BY_CREATION, type Page, type PageInput, pageOf } from '../cursor.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { MediaRow } from '../tables.ts'

/** The account's files, newest first, a page at a time. @throws DomainError `request.invalid` */
export async function listMedia(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  page: PageInput,
): Promise<Page<MediaRow>> {
  requireScope(ctx, 'media')
  const query = db.selectFrom('media').selectAll().where('account_id', '=', ctx.accountId)
  return pageOf(query, page, BY_CREATION)
}
