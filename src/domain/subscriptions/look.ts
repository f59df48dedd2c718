/**
 * Reads the lists of subscriptions that are due, and creates batches of new entries. New entries are stored before any of
 * them starts, and the batch is created in the transaction that marks them as taken. So no entry is transcribed twice,
 * even if a worker dies and another takes over.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Fetcher } from '../../ports/fetcher.ts'
import type { Feeds } from '../../ports/listings.ts'
import { readList } from '../batches/list-source.ts'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { type Claimed, claimDue, putOff } from '../leases/due.ts'
import { databaseIn, Lost, setHeld } from '../leases/lease.ts'
import { whileHeld } from '../leases/while-held.ts'
import { workFailure } from '../transcriptions/failures.ts'
import { emitSubscriptionFailed } from '../webhooks/emit.ts'
import { beginWaiting } from './begin.ts'
import { countWaitingEntries, forgetOld, insertEntries, seenKeys } from './entries.ts'
import {
  BLOCKED_MS,
  entriesToRead,
  entryKey,
  FAILURES_TO_TELL,
  lookWait,
  MOST_WAITING,
  newEntries,
} from './rules.ts'
import type { Look, Problem, SubscriptionRow } from './tables.ts'

export type LookDeps = Deps & {
  fetcher: Fetcher
  feeds: Feeds
  unexpected(error: unknown, subscription: SubscriptionRow): void
}

const LEASE_MS = 15_000

/** Claims a subscription that is due. Undefined: there is none. */
export const claimSubscription = ({ db }: Pick<Deps, 'db'>): Promise<Claimed<SubscriptionRow> | undefined> =>
  claimDue(db, 'subscriptions', { open: sql`state = 'active'`, leaseMs: LEASE_MS })

/** Reads its list if that is due, and starts the waiting entries. */
export const lookAfter = (
  deps: LookDeps,
  { row, lease }: Claimed<SubscriptionRow>,
  stopping: AbortSignal,
): Promise<void> =>
  whileHeld(deps, lease, async (lost) => {
    const signal = AbortSignal.any([stopping, lost])
    try {
      const due = row.look_at <= deps.clock.now()
      if (due) await look(deps, row, signal)
      const { blocked } = await beginWaiting(deps, row)
      await putOff(deps.db, lease, nextTime(blocked))
    } catch (cause) {
      if (cause instanceof Lost || lost.aborted) return
      await putOff(deps.db, lease, databaseIn(stopping.aborted ? 0 : BLOCKED_MS))
      if (!stopping.aborted) throw cause
    }
  })

/** Reads the list and stores its new entries. A list that cannot be read is tried again later. */
async function look(deps: LookDeps, row: SubscriptionRow, signal: AbortSignal): Promise<void> {
  const listing = await readList(deps, row.url, entriesToRead(row.source), signal).catch(
    async (cause: unknown) => {
      if (signal.aborted || deps.databaseAway(cause)) throw cause
      await failed(deps, row, workFailure(cause))
      if (!(cause instanceof DomainError)) deps.unexpected(cause, row)
    },
  )
  if (!listing) return
  await deps.db.transaction().execute(async (tx) => {
    const now = deps.clock.now()
    const seen = await seenKeys(tx, row.id)
    const { fresh, older } = newEntries(listing, seen)
    // The rest is found by a later look.
    const taken = fresh.slice(0, Math.max(0, MOST_WAITING - (await countWaitingEntries(tx, row.id))))
    await setHeld(tx, 'subscriptions', row.lease_token, {
      title: listing.title ?? row.title,
      failures: 0,
      last_look: JSON.stringify({ at: now, found: taken.length, begun: 0, error: null } satisfies Look),
      look_at: Math.round(now + lookWait(row.every_ms, 0)),
    })
    await forgetOld(tx, row.id, seen, new Set(listing.items.map(entryKey)))
    await insertEntries(tx, row.id, now, taken, 'waiting')
    await insertEntries(tx, row.id, now, older, 'known')
  })
}

async function failed(deps: LookDeps, row: SubscriptionRow, { code, message }: Problem): Promise<void> {
  await deps.db.transaction().execute(async (tx) => {
    const now = deps.clock.now()
    const failures = row.failures + 1
    await setHeld(tx, 'subscriptions', row.lease_token, {
      failures,
      last_look: JSON.stringify({ at: now, found: 0, begun: 0, error: { code, message } } satisfies Look),
      look_at: Math.round(now + lookWait(row.every_ms, failures)),
    })
    if (failures === FAILURES_TO_TELL) await emitSubscriptionFailed(tx, now, row, { code, message })
  })
  deps.signals.publish('webhook.due', row.id)
}

/** The next look, or, if it comes sooner, when there may be credits for what waits. */
function nextTime(blocked: boolean): RawBuilder<number> {
  const soon = databaseIn(BLOCKED_MS)
  return blocked
    ? sql<number>`case when look_at < ${soon} then look_at else ${soon} end`
    : sql<number>`look_at`
}
