import { sql } from 'kysely'
import type { Ctx, Deps } from '../context.ts'
import { BY_CREATION, type Page, type PageInput, pageOf } from '../cursor.ts'
import { DomainError } from '../errors.ts'
import type { Db, TranscriptionState } from '../tables.ts'
import { IS_WAITING } from './entries.ts'
import type { SubscriptionEntryRow, SubscriptionRow } from './tables.ts'

type ReadDeps = Pick<Deps, 'db'>

export interface Subscription extends SubscriptionRow {
  waiting: number
}

/** @throws DomainError `resource.not_found`, also where it is another account's */
export async function getSubscription({ db }: ReadDeps, ctx: Ctx, id: string): Promise<Subscription> {
  const row = await ofAccount(db, ctx).where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no subscription ${id} in your account.`)
  return row
}

/** The account's subscriptions, newest first, a page at a time. @throws DomainError `request.invalid` */
export const listSubscriptions = ({ db }: ReadDeps, ctx: Ctx, page: PageInput): Promise<Page<Subscription>> =>
  pageOf(ofAccount(db, ctx), page, BY_CREATION)

const ofAccount = (db: Db, { accountId }: Ctx) =>
  db
    .selectFrom('subscriptions')
    .selectAll()
    .select(
      sql<number>`(select count(*) from subscription_entries
        where subscription_id = subscriptions.id and ${IS_WAITING})`.as('waiting'),
    )
    .where('account_id', '=', accountId)

export interface FoundEntry extends SubscriptionEntryRow {
  item: 'waiting' | 'begun' | 'succeeded' | 'failed' | 'cancelled' | null
  transcriptionId: string | null
  error_code: string | null
  error_message: string | null
  live: TranscriptionState | null
}

/** The entries found, latest first, a page at a time. */
export async function listEntries(
  { db }: ReadDeps,
  { id }: Pick<SubscriptionRow, 'id'>,
  page: PageInput,
): Promise<Page<FoundEntry>> {
  const query = db
    .selectFrom('subscription_entries as e')
    .leftJoin('batch_items as i', (join) =>
      join.onRef('i.batch_id', '=', 'e.batch_id').onRef('i.idx', '=', 'e.batch_index'),
    )
    .leftJoin('transcriptions as t', 't.id', 'i.transcription_id')
    .selectAll('e')
    .select([
      'i.state as item',
      'i.transcription_id as transcriptionId',
      'i.error_code',
      'i.error_message',
      't.state as live',
    ])
    .where('e.subscription_id', '=', id)
    .where('e.state', '!=', 'known')
  return pageOf(query, page, { of: 'e', time: 'found_at', id: 'key' })
}

/** How many entries of the list are not transcribed. */
export async function countSkipped({ db }: ReadDeps, { id }: Pick<SubscriptionRow, 'id'>): Promise<number> {
  const { n } = await db
    .selectFrom('subscription_entries')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('subscription_id', '=', id)
    .where('state', '=', 'known')
    .executeTakeFirstOrThrow()
  return Number(n)
}
