import type { RawBuilder } from 'kysely'
import type { Db } from '../tables.ts'
import { databaseNow, isFree, type Leased } from './lease.ts'

/** Tables whose rows have a time at which they are to be worked on next. */
type Timed = Extract<Leased, 'batches' | 'subscriptions' | 'post_deliveries' | 'webhook_deliveries'>

/**
 * The id of the row that has been due the longest and that nobody works on, locked, past those that others are claiming.
 * @param open which rows are worked on at all, word for word as in the index that has only these
 */
export const firstDue = (db: Db, table: Timed, open: RawBuilder<boolean>) =>
  db
    // One of them stands for all: these columns they share.
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
