import type { RawBuilder } from 'kysely'
import type { Db } from '../tables.ts'
import { databaseNow, isFree, type Leased } from './lease.ts'

/** Tables whose rows have a time (`next_at`) at which they are due. */
type Timed = Extract<Leased, 'batches' | 'subscriptions' | 'post_deliveries' | 'webhook_deliveries'>

/**
 * The id of the row that has been due the longest and is not claimed. It is locked; rows that others are just claiming
 * are skipped.
 * @param open which rows can be due at all, word for word as in the partial index
 */
export const firstDue = (db: Db, table: Timed, open: RawBuilder<boolean>) =>
  db
    // The types of one table stand for all: they share these columns.
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
