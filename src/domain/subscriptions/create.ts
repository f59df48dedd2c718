import type { Fetcher } from '../../ports/fetcher.ts'
import type { Feeds } from '../../ports/listings.ts'
import { countLocked } from '../accounts/lock.ts'
import { readList } from '../batches/list-source.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { recordMade } from '../idempotency/claim.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { databaseNow, freed } from '../leases/lease.ts'
import type { Tx } from '../tables.ts'
import { fetchFailure } from '../transcriptions/failures.ts'
import type { Wishes } from '../transcriptions/wishes.ts'
import { insertEntries } from './entries.ts'
import { entriesToRead, MOST_SUBSCRIPTIONS, newEntries, sourceOf } from './rules.ts'
import type { Look, SubscriptionRow } from './tables.ts'

export interface NewSubscription {
  surface: string
  url: string
  name?: string | undefined
  everyMs: number
  mostAtOnce: number
  /** How many of the entries that are already in the list are transcribed, from the top. */
  backlog: number
  wishes: Wishes
}

/**
 * Reads the list at once, so that an address that is not a list is refused. Entries in it count as known, except for the
 * backlog.
 * @throws DomainError `link.unsupported`, `fetch.*`, `subscription.exists`, `account.limit`
 */
export async function createSubscription(
  deps: Deps & { fetcher: Fetcher; feeds: Feeds },
  ctx: Ctx,
  input: NewSubscription,
  signal: AbortSignal,
): Promise<SubscriptionRow> {
  requireScope(ctx, 'transcribe')
  const { accountId } = ctx
  const { url, everyMs, backlog } = input
  const source = sourceOrRefuse(url)
  const listing = await readList(deps, url, entriesToRead(source), signal)
  const { fresh } = newEntries(listing, new Set())
  const now = deps.clock.now()
  const row: SubscriptionRow = {
    id: newId('sub'),
    account_id: accountId,
    key_id: ctx.keyId,
    request_id: ctx.requestId,
    surface: input.surface,
    url,
    source,
    title: listing.title,
    name: input.name ?? null,
    wishes: JSON.stringify(input.wishes),
    every_ms: everyMs,
    most_at_once: input.mostAtOnce,
    state: 'active',
    failures: 0,
    blocked: null,
    last_look: JSON.stringify({
      at: now,
      found: Math.min(backlog, fresh.length),
      begun: 0,
      error: null,
    } satisfies Look),
    last_batch_id: null,
    look_at: now + everyMs,
    next_at: now,
    ...freed,
    created_at: now,
  }
  await deps.db.transaction().execute(async (tx) => {
    await requireFew(tx, accountId)
    await insertOnly(tx, row)
    await insertEntries(tx, row.id, now, fresh.slice(0, backlog), 'waiting')
    await insertEntries(tx, row.id, now, fresh.slice(backlog), 'known')
    await recordMade(tx, ctx, row.id)
  })
  deps.signals.publish('subscription.due', row.id)
  return row
}

/** @throws DomainError `link.unsupported` */
function sourceOrRefuse(url: string): string {
  try {
    return sourceOf(url)
  } catch (cause) {
    throw fetchFailure(cause)
  }
}

/** @throws DomainError `subscription.exists` */
async function insertOnly(tx: Tx, row: SubscriptionRow): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('subscriptions')
    .values({ ...row, next_at: databaseNow })
    .onConflict((c) => c.columns(['account_id', 'source']).doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows === 1n) return
  const { account_id, source } = row
  const other = await tx
    .selectFrom('subscriptions')
    .select('id')
    .where('account_id', '=', account_id)
    .where('source', '=', source)
    .executeTakeFirst()
  throw new DomainError('subscription.exists', `You are already subscribed to this list: ${other?.id}.`, {
    field: 'url',
    subscriptionId: other?.id,
  })
}

/** @throws DomainError `account.limit` */
async function requireFew(tx: Tx, accountId: string): Promise<void> {
  if ((await countLocked(tx, accountId, 'subscriptions')) >= MOST_SUBSCRIPTIONS)
    throw new DomainError(
      'account.limit',
      `An account has at most ${MOST_SUBSCRIPTIONS} subscriptions. Delete one first.`,
      { limit: MOST_SUBSCRIPTIONS },
    )
}
