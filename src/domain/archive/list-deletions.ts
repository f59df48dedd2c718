import type { Ctx, Deps } from '../context.ts'
import { behind, type Page, pageOf } from '../cursor.ts'
import type { DeletionRow } from './tables.ts'

export type Deletion = DeletionRow & { id: string; by: string | null }

/** The receipts for the account's deleted transcriptions, latest first. */
export async function listDeletions(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<Deletion>> {
  let query = db
    .selectFrom('deletions as d')
    .leftJoin('users as u', 'u.id', 'd.deleted_by')
    .leftJoin('api_keys as k', 'k.id', 'd.deleted_by')
    .selectAll('d')
    .select((eb) => ['d.transcription_id as id', eb.fn.coalesce('u.name', 'k.name').as('by')])
    .where('d.account_id', '=', ctx.accountId)
    .orderBy('d.deleted_at', 'desc')
    .orderBy('d.transcription_id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) query = query.where(behind(cursor, 'd.deleted_at', 'd.transcription_id'))
  return pageOf(await query.execute(), limit, (row) => row.deleted_at)
}
