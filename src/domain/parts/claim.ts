/** What anybody else does with a part that was handed over: claims it, hears it, and says what there was to hear. */
import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { claimed, databaseNow, freed, isFree, type Lease, newLease, setHeld } from '../leases/lease.ts'
import { claimOrFree } from '../leases/unanswered.ts'
import type { Outcome } from './hand-over.ts'
import type { OpenPartRow } from './table.ts'

/**
 * So many claims that did not end well, and nobody else gets it: it is heard where it was decoded, whose word on it is
 * final. So neither a part that ends processes goes round for ever, nor do machines that vanish fail anything.
 */
export const MOST_TRIES = 2

export interface PartsWanted {
  /** For people: a host, or a runner's name. */
  by: string
  /** The worker whose own parts are left out. */
  besides?: string
  /** Names of those that are here. */
  models: readonly string[]
  /** The media store that can be read here. */
  store: string
  /** Whose; undefined: everybody's. */
  accounts?: readonly string[] | undefined
}

export interface ClaimedPart {
  row: OpenPartRow
  lease: Lease
}

/** Claims the next part: of the account of which the fewest are being heard, the one that waits for the longest. */
export async function claimPart(
  deps: Pick<Deps, 'db' | 'signals'>,
  leaseMs: number,
  { by, besides, models, store, accounts }: PartsWanted,
): Promise<ClaimedPart | undefined> {
  if (models.length === 0 || accounts?.length === 0) return undefined
  const lease = newLease('open_parts', leaseMs)
  const claim = deps.db
    .with('busy', (q) =>
      q
        .selectFrom('open_parts')
        .select((eb) => ['account_id', eb.fn.countAll<number>().as('n')])
        .where('outcome', 'is', null)
        .where('lease_until', '>', databaseNow)
        .groupBy('account_id'),
    )
    .updateTable('open_parts')
    .set({ ...claimed(lease), claimed_by: by, claimed_at: databaseNow, tries: sql`tries + 1` })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('open_parts')
        .leftJoin('busy', 'busy.account_id', 'open_parts.account_id')
        .select('open_parts.id')
        .where('outcome', 'is', null)
        .where('tries', '<', MOST_TRIES)
        .where(isFree('open_parts'))
        .where('model', 'in', models)
        .where('store', '=', store)
        .$if(besides !== undefined, (q) => q.where('handed_by', '!=', besides!))
        .$if(accounts !== undefined, (q) => q.where('open_parts.account_id', 'in', accounts!))
        .orderBy(sql`coalesce(busy.n, 0)`)
        .orderBy('open_parts.created_at')
        .orderBy('open_parts.id')
        .limit(1)
        .forNoKeyUpdate('open_parts')
        .skipLocked(),
    )
    .returningAll()
  const row = await claimOrFree(
    lease,
    () => claim.executeTakeFirst(),
    () => giveBackPart(deps, lease, { tried: false }),
  )
  return row && { row: row as OpenPartRow, lease }
}

/** @throws Lost */
export async function answerPart(
  { db, signals }: Pick<Deps, 'db' | 'signals'>,
  { token }: Lease,
  id: string,
  outcome: Outcome,
): Promise<void> {
  await setHeld(db, 'open_parts', token, { outcome: JSON.stringify(outcome), ...freed })
  signals.publish('part.heard', id)
}

/**
 * @param tried whether it counts as a try: it does not where the part has nothing to do with it
 * @returns whether the claim was still held
 */
export async function giveBackPart(
  { db, signals }: Pick<Deps, 'db' | 'signals'>,
  { token }: Lease,
  { tried }: { tried: boolean },
): Promise<boolean> {
  const row = await db
    .updateTable('open_parts')
    .set({ ...freed, ...(!tried && { tries: sql`tries - 1` }) })
    .where('lease_token', '=', token)
    .returning('id')
    .executeTakeFirst()
  if (row) signals.publish('part.open', row.id)
  return row !== undefined
}
