import type { RawBuilder } from 'kysely'
import { lockRows } from '../lock-rows.ts'
import type { Db, Tables, Tx } from '../tables.ts'
import {
  claimed,
  databaseNow,
  free,
  freed,
  isFree,
  type Lease,
  type Leased,
  Lost,
  newLease,
} from './lease.ts'
import { claimOrFree } from './unanswered.ts'

/** Tables whose rows have a time (`next_at`) at which they are due. */
type Timed = Extract<
  Leased,
  'batches' | 'subscriptions' | 'post_deliveries' | 'webhook_deliveries' | 'speaker_runs' | 'videos'
>

export interface Claimed<Row> {
  row: Row
  lease: Lease
}

interface DueOptions {
  /** Which rows can be due at all, word for word as in the partial index. */
  open: RawBuilder<boolean>
  leaseMs: number
  /** Further columns that the claim sets. */
  set?: Record<string, RawBuilder<unknown>>
}

/** Claims the row that has been due the longest and is not claimed. Undefined: there is none. */
export async function claimDue<T extends Timed>(
  db: Db,
  table: T,
  { open, leaseMs, set }: DueOptions,
): Promise<Claimed<Tables[T]> | undefined> {
  const lease = newLease(table, leaseMs)
  const claim = db
    // The types of one table stand for all: they share the columns of claims and times.
    .updateTable(table as 'batches')
    .set({ ...claimed(lease), ...set })
    .where('id', '=', firstDue(db, table, open))
    .returningAll()
  const row = await claimOrFree(
    lease,
    () => claim.executeTakeFirst(),
    () => free(db, lease),
  )
  return row && { row: row as unknown as Tables[T], lease }
}

/** Its id. It is locked; rows that others are just claiming are skipped. */
const firstDue = (db: Db, table: Timed, open: RawBuilder<boolean>) =>
  db
    .selectFrom(table as 'batches')
    .select('id')
    .where(open)
    .where('next_at', '<=', databaseNow)
    .where(isFree(table))
    .orderBy('next_at')
    .orderBy('id')
    .limit(1)
    .forNoKeyUpdate()
    .skipLocked()

/** The claimed row as it is now, locked until the transaction ends. @throws Lost */
export async function stillHeld<T extends Timed>(
  tx: Tx,
  table: T,
  { id, lease_token: token }: Pick<Tables[T], 'id' | 'lease_token'>,
): Promise<Tables[T]> {
  const row = await lockRows(
    tx
      .selectFrom(table as 'batches')
      .selectAll()
      .where('id', '=', id),
  ).executeTakeFirst()
  if (row?.lease_token !== token) throw new Lost()
  return row as unknown as Tables[T]
}

/** Ends the claim if it is still held, and makes the row due at `next`. */
export async function putOff(db: Db, { table, token }: Lease, next: RawBuilder<number>): Promise<void> {
  await db
    .updateTable(table as 'batches')
    .set({ ...freed, next_at: next })
    .where('lease_token', '=', token)
    .execute()
}
