import { batchRow, itemRow, requireFewOpen } from '../batches/create.ts'
import type { Deps } from '../context.ts'
import { balanceOf } from '../credits/balance.ts'
import { DomainError } from '../errors.ts'
import { stillHeld } from '../leases/due.ts'
import { databaseNow } from '../leases/lease.ts'
import type { Tx } from '../tables.ts'
import type { Wishes } from '../transcriptions/wishes.ts'
import { emitSubscriptionFailed, emitSubscriptionFound } from '../webhooks/emit.ts'
import { waitingEntries } from './entries.ts'
import { affordable } from './rules.ts'
import type { Look, Problem, SubscriptionEntryRow, SubscriptionRow } from './tables.ts'

type BeginDeps = Pick<Deps, 'db' | 'clock' | 'policy' | 'signals'>

/**
 * Creates a batch of the waiting entries that the account has credits for, and marks them as taken in the same transaction.
 * @returns whether entries still wait for credits, or for other batches to end
 * @throws Lost
 */
export async function beginWaiting(deps: BeginDeps, claimed: SubscriptionRow): Promise<{ blocked: boolean }> {
  const { begun, blocked } = await deps.db.transaction().execute(async (tx) => {
    const row = await stillHeld(tx, 'subscriptions', claimed)
    const now = deps.clock.now()
    const waiting = await waitingEntries(tx, row.id)
    const ready = waiting.filter(({ retry_at }) => retry_at <= now)
    const last = JSON.parse(row.last_look ?? 'null') as Look | null
    const room = Math.max(0, row.most_at_once - (last?.begun ?? 0))
    const full = ready.length > 0 && room > 0 ? await openBatches(tx, row.account_id) : null
    const { available } = await balanceOf(tx, row.account_id)
    const chosen = full ? [] : affordable(ready, available, deps.policy.prices.soku).slice(0, room)
    const batchId = chosen.length > 0 ? await makeBatch(tx, now, row, chosen) : null
    const short = chosen.length < Math.min(ready.length, room) || ready.length < waiting.length
    const problem = full ?? (short ? noCredits(waiting.length - chosen.length, available) : null)
    await tx
      .updateTable('subscriptions')
      .set({
        blocked: problem && JSON.stringify(problem),
        ...(last && { last_look: JSON.stringify({ ...last, begun: last.begun + chosen.length }) }),
        ...(batchId !== null && { last_batch_id: batchId }),
      })
      .where('id', '=', row.id)
      .execute()
    if (problem?.code === 'credits.insufficient' && row.blocked === null)
      await emitSubscriptionFailed(tx, now, row, problem)
    return { begun: batchId, blocked: problem !== null }
  })
  if (begun !== null) deps.signals.publish('batch.due', begun)
  deps.signals.publish('webhook.due', claimed.id)
  return { blocked }
}

async function openBatches(tx: Tx, accountId: string): Promise<Problem | null> {
  try {
    await requireFewOpen(tx, accountId)
    return null
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause
    return { code: cause.code, message: cause.message }
  }
}

const noCredits = (count: number, available: number): Problem => ({
  code: 'credits.insufficient',
  message:
    `There are not enough credits for ${count === 1 ? 'one entry' : `${count} entries`}: ${available} available. ` +
    'They start once there are enough.',
})

async function makeBatch(
  tx: Tx,
  now: number,
  row: SubscriptionRow,
  entries: readonly SubscriptionEntryRow[],
): Promise<string> {
  const items = entries.map(({ url, title }) => ({ url: url ?? undefined, title: title ?? undefined }))
  const asking = { accountId: row.account_id, keyId: row.key_id, requestId: row.request_id ?? row.id }
  const batch = batchRow(asking, now, {
    surface: row.surface,
    name: row.name ?? row.title ?? undefined,
    source: { url: row.url, title: row.title },
    wishes: JSON.parse(row.wishes) as Wishes,
    items,
  })
  await tx
    .insertInto('batches')
    .values({ ...batch, subscription_id: row.id, state: 'running', next_at: databaseNow })
    .execute()
  await tx
    .insertInto('batch_items')
    .values(items.map((item, k) => itemRow(batch.id, k, item)))
    .execute()
  for (const [k, { key }] of entries.entries())
    await tx
      .updateTable('subscription_entries')
      .set({ state: 'taken', batch_id: batch.id, batch_index: k })
      .where('subscription_id', '=', row.id)
      .where('key', '=', key)
      .execute()
  await emitSubscriptionFound(tx, now, row, batch.id, items.length)
  return batch.id
}
