import { sql } from 'kysely'
import { storable } from '../storable.ts'
import type { Db, Tx } from '../tables.ts'
import { type Entry, MOST_REMEMBERED, MOST_WAITING } from './rules.ts'
import type { SubscriptionEntryRow } from './tables.ts'

/** Rows in one statement: SQLite takes 32,766 values. */
const AT_ONCE = 1000
const LONGEST_TITLE = 200

/** Exactly as in the index of these rows. */
export const IS_WAITING = sql<boolean>`state = 'waiting'`

/** Entries that exist already stay as they are. */
export async function insertEntries(
  tx: Tx,
  subscriptionId: string,
  now: number,
  entries: readonly Entry[],
  state: 'known' | 'waiting',
): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE)
    await tx
      .insertInto('subscription_entries')
      .values(entries.slice(from, from + AT_ONCE).map((entry) => rowOf(subscriptionId, now, entry, state)))
      .onConflict((c) => c.columns(['subscription_id', 'key']).doNothing())
      .execute()
}

const rowOf = (
  subscriptionId: string,
  now: number,
  { digest, place, url, title, seconds }: Entry,
  state: 'known' | 'waiting',
): SubscriptionEntryRow => ({
  subscription_id: subscriptionId,
  key: digest,
  state,
  place,
  ...(state === 'waiting'
    ? { url, title: titled(title), seconds }
    : { url: null, title: null, seconds: null }),
  found_at: now,
  retry_at: 0,
  retries: 0,
  batch_id: null,
  batch_index: null,
})

const titled = (title: string | null): string | null =>
  storable(title ?? '')
    .trim()
    .slice(0, LONGEST_TITLE)
    .trim() || null

/** Digests of all entries that are remembered. */
export async function seenKeys(db: Db | Tx, subscriptionId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('subscription_entries')
    .select('key')
    .where('subscription_id', '=', subscriptionId)
    .execute()
  return new Set(rows.map(({ key }) => key))
}

export async function countWaitingEntries(db: Db | Tx, subscriptionId: string): Promise<number> {
  const { n } = await db
    .selectFrom('subscription_entries')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('subscription_id', '=', subscriptionId)
    .where(IS_WAITING)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** The waiting entries, earliest found first. */
export const waitingEntries = (db: Db | Tx, subscriptionId: string): Promise<SubscriptionEntryRow[]> =>
  db
    .selectFrom('subscription_entries')
    .selectAll()
    .where('subscription_id', '=', subscriptionId)
    .where(IS_WAITING)
    .orderBy('found_at')
    .orderBy('place')
    .limit(MOST_WAITING)
    .execute()

/**
 * Forgets entries that have left the list if too many are remembered. Otherwise a list that gives its entries new ids on
 * every look would fill the database.
 */
export async function forgetOld(
  tx: Tx,
  subscriptionId: string,
  seen: ReadonlySet<string>,
  listed: ReadonlySet<string>,
): Promise<void> {
  if (seen.size <= MOST_REMEMBERED) return
  const gone = [...seen].filter((key) => !listed.has(key))
  for (let from = 0; from < gone.length; from += AT_ONCE)
    await tx
      .deleteFrom('subscription_entries')
      .where('subscription_id', '=', subscriptionId)
      .where('state', '!=', 'waiting')
      .where('key', 'in', gone.slice(from, from + AT_ONCE))
      .execute()
}
