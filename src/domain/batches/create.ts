import { setImmediate as turn } from 'node:timers/promises'
import { countLocked } from '../accounts/lock.ts'
import type { Ctx, Deps } from '../context.ts'
import { balanceOf } from '../credits/balance.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { databaseNow, freed } from '../leases/lease.ts'
import type { Tx } from '../tables.ts'
import type { Wishes } from '../transcriptions/wishes.ts'
import { costOf } from './cost.ts'
import type { NewItem } from './new-item.ts'
import type { BatchItemRow, BatchRow } from './tables.ts'

export interface NewBatch {
  surface: string
  name?: string | undefined
  /** The playlist, channel or feed that lists them. */
  source?: { url: string; title: string | null } | undefined
  wishes: Wishes
  items: readonly NewItem[]
}

/** Batches of an account that have not ended. */
const MOST_OPEN = 100
/** Rows a transaction: nobody else waits long for one of them. */
const AT_ONCE = 500

/**
 * Takes on a batch. Its items are begun by whoever feeds it, in their order; nobody sees it before all are stored.
 * @throws DomainError `credits.insufficient` where the account has less than the items cost at least, `queue.share`
 */
export async function createBatch(deps: Deps, ctx: Ctx, input: NewBatch): Promise<BatchRow> {
  requireScope(ctx, 'transcribe')
  await requireCredits(deps, ctx, input.items)
  const batch = batchRow(ctx, deps.clock.now(), input)
  await deps.db.transaction().execute(async (tx) => {
    await requireFewOpen(tx, ctx.accountId)
    await tx.insertInto('batches').values(batch).execute()
  })
  for (let from = 0; from < input.items.length; from += AT_ONCE) {
    const rows = input.items.slice(from, from + AT_ONCE).map((item, k) => itemRow(batch.id, from + k, item))
    await deps.db.insertInto('batch_items').values(rows).execute()
    await turn()
  }
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('batches')
      .set({ state: 'running', next_at: databaseNow })
      .where('id', '=', batch.id)
      .execute()
    await recordMade(tx, ctx, batch.id)
  })
  deps.signals.publish('batch.due', batch.id)
  return { ...batch, state: 'running' }
}

/** Whose it is, and of which request. */
type Asking = Pick<Ctx, 'accountId' | 'keyId' | 'requestId' | 'traceId' | 'traceparent'>

export const batchRow = (ctx: Asking, now: number, input: NewBatch): BatchRow => ({
  id: newId('batch'),
  account_id: ctx.accountId,
  key_id: ctx.keyId,
  request_id: ctx.requestId,
  trace_id: ctx.traceId ?? null,
  traceparent: ctx.traceparent ?? null,
  surface: input.surface,
  name: input.name ?? null,
  subscription_id: null,
  source_url: input.source?.url ?? null,
  source_title: input.source?.title ?? null,
  wishes: JSON.stringify(input.wishes),
  total: input.items.length,
  state: 'accepting',
  tally: null,
  next_at: now,
  ...freed,
  created_at: now,
  finished_at: null,
})

/** @throws DomainError `queue.share` */
export async function requireFewOpen(tx: Tx, accountId: string): Promise<void> {
  const n = await countLocked(tx, accountId, 'batches', ['accepting', 'running', 'cancelling'])
  if (n >= MOST_OPEN)
    throw new DomainError(
      'queue.share',
      `${n} of your batches are under way already. Ask again when some have ended.`,
      { retryAfter: 60 },
    )
}

async function requireCredits(deps: Deps, { accountId }: Ctx, items: readonly NewItem[]): Promise<void> {
  const { least: credits } = await costOf(deps, accountId, items)
  const { available } = await balanceOf(deps.db, accountId)
  if (credits <= available) return
  throw new DomainError(
    'credits.insufficient',
    'Your account does not have enough AI credits for this batch. ' +
      `It costs at least ${credits}. Current balance: ${available}.`,
    { estimatedCost: credits, currentBalance: available },
  )
}

export const itemRow = (batchId: string, index: number, item: NewItem): BatchItemRow => ({
  batch_id: batchId,
  idx: index,
  custom_id: item.customId ?? null,
  url: item.url ?? null,
  media_id: item.mediaId ?? null,
  title: item.title ?? null,
  wishes: item.wishes ? JSON.stringify(item.wishes) : null,
  state: 'waiting',
  transcription_id: null,
  credits: null,
  error_code: null,
  error_message: null,
})
