import type { Ctx, Deps } from '../context.ts'
import { BY_CREATION, type Page, type PageInput, pageOf } from '../cursor.ts'
import { DomainError } from '../errors.ts'
import type { Stage, TranscriptionState } from '../tables.ts'
import type { BatchItemRow, BatchRow } from './tables.ts'

/** @throws DomainError `resource.not_found`, also where it is another account's */
export async function getBatch({ db }: Pick<Deps, 'db'>, ctx: Ctx, id: string): Promise<BatchRow> {
  const row = await db
    .selectFrom('batches')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .where('state', '!=', 'accepting')
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no batch ${id} in your account.`)
  return row
}

/** The account's batches, newest first, a page at a time. @throws DomainError `request.invalid` */
export async function listBatches(
  { db }: Pick<Deps, 'db'>,
  ctx: Ctx,
  page: PageInput,
): Promise<Page<BatchRow>> {
  const query = db
    .selectFrom('batches')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .where('state', '!=', 'accepting')
  return pageOf(query, page, BY_CREATION)
}

/** An item, and of one that was begun how its transcription is, while that is there. */
export interface BatchItemState extends BatchItemRow {
  live: { state: TranscriptionState; stage: Stage | null; pct: number; title: string | null } | null
}

export interface ListItems {
  /** The index of the last one of the page before. */
  after: number
  limit: number
  state?: TranscriptionState | undefined
}

/** Of one batch, in their order. */
export async function listItems(
  { db }: Pick<Deps, 'db'>,
  { id }: Pick<BatchRow, 'id'>,
  { after, limit, state }: ListItems,
): Promise<BatchItemState[]> {
  let query = db
    .selectFrom('batch_items as i')
    .leftJoin('transcriptions as t', 't.id', 'i.transcription_id')
    .selectAll('i')
    .select(['t.state as t_state', 't.stage as t_stage', 't.pct as t_pct', 't.title as t_title'])
    .where('i.batch_id', '=', id)
    .where('i.idx', '>', after)
    .orderBy('i.idx')
    .limit(limit)
  if (state === 'queued')
    query = query.where((eb) =>
      eb.or([
        eb('i.state', '=', 'waiting'),
        eb.and([eb('i.state', '=', 'begun'), eb('t.state', '=', 'queued')]),
      ]),
    )
  else if (state === 'running') query = query.where('i.state', '=', 'begun').where('t.state', '=', 'running')
  else if (state !== undefined) query = query.where('i.state', '=', state)
  const rows = await query.execute()
  return rows.map(({ t_state, t_stage, t_pct, t_title, ...item }) => ({
    ...item,
    live: t_state === null ? null : { state: t_state, stage: t_stage, pct: t_pct ?? 0, title: t_title },
  }))
}
