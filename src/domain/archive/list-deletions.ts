import type { Ctx, Deps } from '../context.ts'
import { type Page, type PageInput, pageOf } from '../cursor.ts'
import type { DeletionRow } from './tables.ts'

export type Deletion = DeletionRow & { id: string; by: string | null }

/** The receipts for the account's deleted transcriptions, latest first. */
export async function listDeletions(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  page: PageInput,
): Promise<Page<Deletion>> {
  const query = db
    .selectFrom('deletions as d')
    .leftJoin('users as u', 'u.id', 'd.deleted_by')
    .leftJoin('api_keys as k', 'k.id', 'd.deleted_by')
    .selectAll('d')
    .select((eb) => ['d.transcription_id as id', eb.fn.coalesce('u.name', 'k.name').as('by')])
    .where('d.account_id', '=', ctx.accountId)
  return pageOf(query, page, { of: 'd', time: 'deleted_at', id: 'transcription_id' })
}
