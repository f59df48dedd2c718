import { sql } from 'kysely'
import type { Policy } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Db, Tx } from '../tables.ts'

/** After so many seconds it is worth asking again: places become free with every transcription that begins. */
const RETRY_AFTER = 30

/** How many wait for a worker: in all, and of this account. */
export async function countWaiting(db: Db | Tx, accountId: string): Promise<{ all: number; own: number }> {
  const { rows } = await sql<{ waiting: number | string; own: number | string | null }>`
    select coalesce(sum(waiting), 0) as waiting, sum(case when account_id = ${accountId} then waiting else 0 end) as own
    from queues where waiting > 0`.execute(db)
  const [{ waiting, own } = { waiting: 0, own: 0 }] = rows
  return { all: Number(waiting), own: Number(own) }
}

/**
 * Whether one more may wait, in all and of this account. What only waits for another's result takes no place.
 * Requests at the same moment may go over the limit by as many as there are.
 * @param coming what wants a place before it and has none yet
 * @throws DomainError `queue.full`, `queue.share`
 */
export async function requireRoom(
  db: Db | Tx,
  { queue }: Pick<Policy, 'queue'>,
  accountId: string,
  coming = { all: 0, own: 0 },
): Promise<void> {
  const waiting = await countWaiting(db, accountId)
  const [all, own] = [waiting.all + coming.all, waiting.own + coming.own]
  const details = { retryAfter: RETRY_AFTER }
  if (own >= queue.perAccount)
    throw new DomainError(
      'queue.share',
      `${own} of your transcriptions are waiting already. Ask again when some have ended.`,
      details,
    )
  if (all >= queue.max)
    throw new DomainError('queue.full', 'Too much work is waiting already. Ask again in a moment.', details)
}
