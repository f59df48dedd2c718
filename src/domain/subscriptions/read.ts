import type { Ctx, Deps } from '../context.ts'
import { behind, type Page, pageOf } from '../cursor.ts'
import { DomainError } from '../errors.ts'
import type { TranscriptionState } from '../tables.ts'
import { countWaitingEntries } from './entries.ts'
import type { SubscriptionEntryRow, SubscriptionRow } from './tables.ts'

type ReadDeps = Pick<Deps, 'db'>

export interface Subscription extends SubscriptionRow {
  waiting: number
}

/** @throws DomainError `resource.not_found`, also where it is another account's */
export async function getSubscription({ db }: ReadDeps, ctx: Ctx, id: string): Promise<Subscription> {
  const row = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no subscription ${id} in your account.`)
  return { ...row, waiting: await countWaitingEntries(db, id) }
}

/** The account's subscriptions, newest first, a page at a time. @throws DomainError `request.invalid` */
export async function listSubscriptions(
  { db }: ReadDeps,
  ctx: Ctx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Page<Subscription>> {
  let query = db
    .selectFrom('subscriptions')
    .selectAll()
    .where('account_id', '=', ctx.accountId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) query = query.where(behind(cursor))
  const { items, nextCursor } = pageOf(await query.execute(), limit)
  const counted = items.map(async (row) => ({ ...row, waiting: await countWaitingEntries(db, row.id) }))
  return { items: await Promise.all(counted), nextCursor }
}

export interface FoundEntry extends SubscriptionEntryRow {
  item: 'waiting' | 'begun' | 'succeeded' | 'failed' | 'cancelled' | null
  transcriptionId: string | null
  live: TranscriptionState | null
}

/** The entries found, latest first, a page at a time. */
export async function listEntries(
  { db }: ReadDeps,
  { id }: Pick<SubscriptionRow, 'id'>,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: FoundEntry[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('subscription_entries as e')
    .leftJoin('batch_items as i', (join) =>
      join.onRef('i.batch_id', '=', 'e.batch_id').onRef('i.idx', '=', 'e.batch_index'),
    )
    .leftJoin('transcriptions as t', 't.id', 'i.transcription_id')
    .selectAll('e')
    .select(['i.state as item', 'i.transcription_id as transcriptionId', 't.state as live'])
    .where('e.subscription_id', '=', id)
    .where('e.state', '!=', 'known')
    .orderBy('e.found_at', 'desc')
    .orderBy('e.key', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) query = query.where(behind(cursor, 'e.found_at', 'e.key'))
  const rows = await query.execute()
  const page = pageOf(
    rows.map((row) => ({ ...row, id: row.key, created_at: row.found_at })),
    limit,
  )
  return page
}
