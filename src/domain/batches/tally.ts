/** How far a batch is: counted from its items and what runs of them, until it has ended and keeps the result. */
import type { Db, Tx } from '../tables.ts'
import type { BatchRow, Tally } from './tables.ts'

export async function tallyOf(db: Db | Tx, batch: Pick<BatchRow, 'id' | 'total' | 'tally'>): Promise<Tally> {
  if (batch.tally !== null) return JSON.parse(batch.tally) as Tally
  const stored = await db
    .selectFrom('batch_items')
    .select(({ fn }) => ['state', fn.countAll().as('n'), fn.sum('credits').as('credits')])
    .where('batch_id', '=', batch.id)
    .groupBy('state')
    .execute()
  const begun = await db
    .selectFrom('batch_items as i')
    .innerJoin('transcriptions as t', 't.id', 'i.transcription_id')
    .select(({ fn }) => [fn.countAll().as('n'), fn.sum('t.pct').as('pct')])
    .where('i.batch_id', '=', batch.id)
    .where('i.state', '=', 'begun')
    .where('t.state', '=', 'running')
    .executeTakeFirstOrThrow()
  const numberIn = (state: string): number => Number(stored.find((each) => each.state === state)?.n ?? 0)
  const running = Number(begun.n)
  const counts = {
    queued: numberIn('waiting') + numberIn('begun') - running,
    running,
    succeeded: numberIn('succeeded'),
    failed: numberIn('failed'),
    cancelled: numberIn('cancelled'),
  }
  const ended = counts.succeeded + counts.failed + counts.cancelled
  return {
    counts,
    credits: stored.reduce((sum, { credits }) => sum + Number(credits ?? 0), 0),
    pct: Math.floor((100 * ended + Number(begun.pct ?? 0)) / batch.total),
  }
}
