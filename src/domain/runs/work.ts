/** What whoever claims a run writes to it. Each write throws `Lost` where the claim is gone. */
import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import type { DomainError } from '../errors.ts'
import { type Claimed, claimDue } from '../leases/due.ts'
import { databaseIn, freed, setHeld } from '../leases/lease.ts'
import type { Tables } from '../tables.ts'
import type { RunTable } from './kinds.ts'
import type { RunRow } from './tables.ts'

const LEASE_MS = 15_000

/** Claims what has waited the longest. Undefined: there is nothing to do. */
export const claimRun = <T extends RunTable>(
  { db }: Pick<Deps, 'db'>,
  table: T,
): Promise<Claimed<Tables[T]> | undefined> =>
  claimDue(db, table, {
    open: sql`state in ('queued', 'running')`,
    leaseMs: LEASE_MS,
    set: { state: sql`'running'`, attempts: sql`attempts + 1` },
  })

/** So much is done. What starts over says so when it is beyond where it was. @throws Lost */
export async function notePct(
  { db }: Pick<Deps, 'db'>,
  table: RunTable,
  row: RunRow,
  pct: number,
): Promise<void> {
  await setHeld(db, table, row.lease_token, {
    pct: sql<number>`case when pct > ${pct} then pct else ${pct} end`,
  })
}

/** @throws Lost */
export async function failRun(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  table: RunTable,
  row: RunRow,
  { code, message }: Pick<DomainError, 'code' | 'message'>,
): Promise<void> {
  const failure = { error_code: code, error_message: message, finished_at: clock.now() }
  await setHeld(db, table, row.lease_token, { ...freed, state: 'failed', ...failure })
}

/**
 * It begins again, here or elsewhere, in so many milliseconds.
 * @param attempts that count: without this one, where nothing is wrong with the work
 * @throws Lost
 */
export async function giveBackRun(
  { db }: Pick<Deps, 'db'>,
  table: RunTable,
  row: RunRow,
  ms: number,
  attempts = row.attempts - 1,
): Promise<void> {
  await setHeld(db, table, row.lease_token, {
    ...freed,
    state: 'queued',
    attempts,
    next_at: databaseIn(ms),
  })
}
