/**
 * Who works on what. A worker claims a transcription for a while and renews its claim; when a worker
 * dies, the claim runs out and another goes on where the stored parts end. All ends of a transcription
 * are conditional on the claim, so a worker that was only slow can do no harm.
 */
import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import type { TranscriptionRow } from '../tables.ts'

type LeaseDeps = Pick<Deps, 'db' | 'clock'>

/** Workers that claim at the same moment may want the same row; the ones that lose look again. */
const CLAIM_TRIES = 5

/**
 * Claims the next transcription: of the account with the least running, the oldest. Undefined: none.
 * A row whose lease ran out is claimed like a queued one.
 * @param elsewhere models that other workers have and this one lacks: what names one of them is left to them
 */
export async function claim(
  deps: LeaseDeps,
  owner: string,
  leaseMs: number,
  elsewhere: readonly string[] = [],
): Promise<TranscriptionRow | undefined> {
  for (let tries = 0; tries < CLAIM_TRIES; tries++) {
    const now = deps.clock.now()
    const id = await next(deps, now, elsewhere)
    if (id === undefined) return undefined
    const { rows } = await sql<TranscriptionRow>`
      update transcriptions as t set
        state = 'running', lease_owner = ${owner}, lease_until = ${now + leaseMs},
        attempts = attempts + 1, started_at = coalesce(started_at, ${now})
      where t.id = ${id} and ${claimable(now)}
      returning *`.execute(deps.db)
    if (rows[0]) return rows[0]
  }
  return undefined
}

async function next(
  { db }: LeaseDeps,
  now: number,
  elsewhere: readonly string[],
): Promise<string | undefined> {
  const ours =
    elsewhere.length === 0
      ? sql`1 = 1`
      : sql`(t.model is null or t.model not in (${sql.join(elsewhere.map((name) => sql`${name}`))}))`
  const { rows } = await sql<{ id: string }>`
    select t.id from transcriptions t where ${claimable(now)} and ${ours}
    order by
      (select count(*) from transcriptions r where r.account_id = t.account_id and r.state = 'running'),
      t.created_at, t.id
    limit 1`.execute(db)
  return rows[0]?.id
}

const claimable = (now: number) =>
  sql<boolean>`(t.state = 'queued' and t.leader_id is null or (t.state = 'running' and t.lease_until < ${now}))`

/** Renews the claim. False: it is no longer ours (cancelled, timed out, taken over), so stop. */
export async function renew(
  { db, clock }: LeaseDeps,
  id: string,
  owner: string,
  leaseMs: number,
): Promise<boolean> {
  const result = await db
    .updateTable('transcriptions')
    .set({ lease_until: clock.now() + leaseMs })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_owner', '=', owner)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Gives unfinished work back, as a stopping server does; this was not an attempt that failed. */
export async function giveBack({ db }: LeaseDeps, id: string, owner: string): Promise<void> {
  await db
    .updateTable('transcriptions')
    .set({ state: 'queued', lease_owner: null, lease_until: null, attempts: sql`attempts - 1` })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .where('lease_owner', '=', owner)
    .execute()
}

/**
 * Frees everything that was claimed before a crash. Only where this process is known to be the only
 * worker (SQLite in its own data directory); elsewhere leases run out by themselves.
 */
export async function freeAll({ db }: LeaseDeps): Promise<number> {
  const result = await db
    .updateTable('transcriptions')
    .set({ state: 'queued', lease_owner: null, lease_until: null })
    .where('state', '=', 'running')
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
