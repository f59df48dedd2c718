/**
 * Begins the items of batches, some at a time, as transcriptions like all others. Which process feeds a batch is
 * claimed; that no item is begun twice does not depend on it (`begin.ts`). A batch takes at most half of the room that
 * waiting transcriptions have, so that who asks for a single one meanwhile is not refused.
 */
import { sql } from 'kysely'
import type { Fetcher } from '../../ports/fetcher.ts'
import { isNoRoom } from '../../ports/no-room.ts'
import type { Ctx, Deps, Policy } from '../context.ts'
import { DomainError } from '../errors.ts'
import { type Claimed, claimDue, putOff } from '../leases/due.ts'
import { databaseIn, freed, type Lease, Lost } from '../leases/lease.ts'
import { whileHeld } from '../leases/while-held.ts'
import { returnEntry } from '../subscriptions/return-entry.ts'
import type { Db } from '../tables.ts'
import { createTranscription } from '../transcriptions/create.ts'
import { workFailure } from '../transcriptions/failures.ts'
import { countWaiting } from '../transcriptions/room.ts'
import { cancel, type Failure } from '../transcriptions/settle.ts'
import type { Wishes } from '../transcriptions/wishes.ts'
import { emitBatchEnd } from '../webhooks/emit.ts'
import type { BatchItemRow, BatchRow } from './tables.ts'
import { tallyOf } from './tally.ts'

type FeedDeps = Deps & { fetcher: Fetcher; unexpected(error: unknown, batch: BatchRow): void }

const LEASE_MS = 15_000
/** After so many it is another batch's turn. */
const SLICE = 50
/** How soon is looked again whether there is room, or whether all has ended. */
const AGAIN_MS = 1500
/** Items that were not begun are cancelled so many at a time. */
const CANCEL_AT_ONCE = 1000

/** Claims a batch that somebody should look after. Undefined: there is none. */
export const claimBatch = ({ db }: Pick<Deps, 'db'>): Promise<Claimed<BatchRow> | undefined> =>
  claimDue(db, 'batches', { open: sql`state in ('running', 'cancelling')`, leaseMs: LEASE_MS })

/** Begins its next items, or cancels those there are, and ends it when all have ended. */
export const feed = (deps: FeedDeps, { row, lease }: Claimed<BatchRow>, signal: AbortSignal): Promise<void> =>
  whileHeld(deps, lease, async (lost) => {
    const stop = AbortSignal.any([signal, lost])
    const more = await (row.state === 'cancelling' ? cancelSome(deps, row) : beginSome(deps, row, stop))
    if (more === 'none' && (await end(deps, row, lease))) return
    await putOff(deps.db, lease, databaseIn(more === 'at once' ? 0 : AGAIN_MS))
  })

/** `none`: nothing is left to begin or to cancel; `later`: there is no room, or the server stops. */
type More = 'at once' | 'later' | 'none'

async function beginSome(deps: FeedDeps, batch: BatchRow, stop: AbortSignal): Promise<More> {
  const items = await waiting(deps.db, batch, SLICE)
  if (items.length === 0) return 'none'
  const room = await roomFor(deps, batch.account_id)
  for (const item of items.slice(0, room)) {
    if (stop.aborted || !(await begin(deps, batch, item, stop))) return 'later'
  }
  return items.length > room ? 'later' : 'at once'
}

const waiting = (db: Db, { id }: BatchRow, limit: number): Promise<BatchItemRow[]> =>
  db
    .selectFrom('batch_items')
    .selectAll()
    .where('batch_id', '=', id)
    .where('state', '=', 'waiting')
    .orderBy('idx')
    .limit(limit)
    .execute()

/** How many more may wait. */
async function roomFor({ db, policy }: { db: Db; policy: Policy }, accountId: string): Promise<number> {
  const { all, own } = await countWaiting(db, accountId)
  const half = (limit: number): number => Math.ceil(limit / 2)
  return Math.max(0, Math.min(half(policy.queue.perAccount) - own, half(policy.queue.max) - all))
}

/** An item that cannot be begun has failed, like one that fails later. False: it is to be tried again. */
async function begin(
  deps: FeedDeps,
  batch: BatchRow,
  item: BatchItemRow,
  stop: AbortSignal,
): Promise<boolean> {
  try {
    await createTranscription(
      deps,
      ctxOf(batch),
      {
        surface: batch.surface,
        url: item.url ?? undefined,
        mediaId: item.media_id ?? undefined,
        title: item.title ?? undefined,
        wishes: JSON.parse(item.wishes ?? batch.wishes) as Wishes,
        batch: { id: batch.id, index: item.idx },
      },
      stop,
    )
  } catch (cause) {
    if (stop.aborted || saysNothingOfIt(deps, cause)) return false
    const failure = workFailure(cause)
    if (failure.code === 'internal') deps.unexpected(cause, batch)
    await failItem(deps, item, failure)
  }
  return true
}

const saysNothingOfIt = ({ databaseAway }: FeedDeps, cause: unknown): boolean =>
  cause instanceof Lost ||
  isNoRoom(cause) ||
  databaseAway(cause) ||
  (cause instanceof DomainError && cause.code.startsWith('queue.'))

/** As the request for the batch: what its key was allowed to then. */
const ctxOf = ({ account_id, key_id, request_id, trace_id, traceparent, id }: BatchRow): Ctx => ({
  accountId: account_id,
  keyId: key_id,
  scopes: ['transcribe'],
  requestId: request_id ?? id,
  ...(trace_id !== null && { traceId: trace_id }),
  ...(traceparent != null && { traceparent }),
})

async function failItem(
  { db, clock }: FeedDeps,
  { batch_id, idx }: BatchItemRow,
  { code, message }: Failure,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('batch_items')
      .set({ state: 'failed', credits: 0, error_code: code, error_message: message })
      .where('batch_id', '=', batch_id)
      .where('idx', '=', idx)
      .where('state', '=', 'waiting')
      .executeTakeFirst()
    if (numUpdatedRows > 0n && code === 'credits.insufficient')
      await returnEntry(tx, clock.now(), batch_id, idx)
  })
}

async function cancelSome(deps: FeedDeps, batch: BatchRow): Promise<More> {
  const { numUpdatedRows } = await deps.db
    .updateTable('batch_items')
    .set({ state: 'cancelled', credits: 0 })
    .where('batch_id', '=', batch.id)
    .where('idx', 'in', (eb) =>
      eb
        .selectFrom('batch_items')
        .select('idx')
        .where('batch_id', '=', batch.id)
        .where('state', '=', 'waiting')
        .limit(CANCEL_AT_ONCE),
    )
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return 'at once'
  const begun = await deps.db
    .selectFrom('batch_items')
    .select('transcription_id')
    .where('batch_id', '=', batch.id)
    .where('state', '=', 'begun')
    .limit(SLICE)
    .execute()
  for (const { transcription_id: id } of begun) if (id !== null) await cancel(deps, batch.account_id, id)
  return begun.length === 0 ? 'none' : 'at once'
}

/** Where all items have ended: the batch ends, and the one event of it is sent. */
async function end(deps: FeedDeps, { id, state }: BatchRow, { token }: Lease): Promise<boolean> {
  const ended = await deps.db.transaction().execute(async (tx) => {
    const open = await tx
      .selectFrom('batch_items')
      .select('idx')
      .where('batch_id', '=', id)
      .where('state', 'in', ['waiting', 'begun'])
      .limit(1)
      .executeTakeFirst()
    if (open) return false
    const now = deps.clock.now()
    const as = state === 'cancelling' ? 'cancelled' : 'completed'
    // One that was cancelled in the meantime ends as that, the next time.
    const row = await tx
      .updateTable('batches')
      .set({ state: as, finished_at: now, ...freed })
      .where('lease_token', '=', token)
      .where('state', '=', state)
      .returningAll()
      .executeTakeFirst()
    if (!row) return false
    const tally = await tallyOf(tx, row)
    await tx
      .updateTable('batches')
      .set({ tally: JSON.stringify(tally) })
      .where('id', '=', id)
      .execute()
    await emitBatchEnd(tx, now, as, row, tally)
    return true
  })
  if (ended) deps.signals.publish('webhook.due', id)
  return ended
}
