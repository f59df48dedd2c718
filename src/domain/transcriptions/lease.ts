/**
 * Who works on what. A worker claims a transcription for a while and renews its claim; when a worker
 * dies, the claim runs out and another goes on where the stored parts end. All ends of a transcription
 * are conditional on the claim, so a worker that was only slow can do no harm.
 */
import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { freeClaims, freed, type Lease, newLease } from '../leases/lease.ts'
import { lockRows } from '../lock-rows.ts'
import type { Db, TranscriptionRow, Tx } from '../tables.ts'

type LeaseDeps = Pick<Deps, 'db'>

/** Workers that claim at the same moment may want the same row; the ones that lose look again. */
const CLAIM_TRIES = 5

export interface ClaimOptions {
  /** How many of one account may run at the same time; 0: any number. */
  perAccount?: number
  /** Only what must not wait behind long work: short recordings, and accounts of which nothing runs. */
  express?: boolean
  /** Models that other workers have and this one lacks: what names one of them is left to them. */
  elsewhere?: readonly string[]
  /** False: what wants its speakers told apart is left to workers that can do that. */
  diarizes?: boolean
}

/** A recording of at most this length is short, ms. */
const SHORT_MS = 60_000

/**
 * Claims the next transcription: of the account with the least running, the oldest. Undefined: none.
 * A row whose lease ran out is claimed like a queued one.
 */
export async function claim(
  { db }: LeaseDeps,
  leaseMs: number,
  options: ClaimOptions = {},
): Promise<ClaimedTranscription | undefined> {
  for (let tries = 0; tries < CLAIM_TRIES; tries++) {
    const found = await next(db, options)
    if (!found) return undefined
    const lease = newLease('transcriptions', leaseMs)
    const row = await db.transaction().execute((tx) => take(tx, found, lease, options))
    if (row) return { row, lease }
  }
  return undefined
}

export interface ClaimedTranscription {
  row: TranscriptionRow
  lease: Lease
}

interface Claimable {
  id: string
  account_id: string
}

async function take(
  tx: Tx,
  { id, account_id }: Claimable,
  { token, ms }: Lease,
  { perAccount = 0 }: ClaimOptions,
): Promise<TranscriptionRow | undefined> {
  // Others who claim for this account wait.
  if (perAccount > 0)
    await lockRows(tx.selectFrom('accounts').select('id').where('id', '=', account_id)).execute()
  const { rows } = await sql<TranscriptionRow>`
    update transcriptions as t set
      state = 'running', lease_token = ${token}, lease_until = earshot_now() + ${ms},
      attempts = attempts + 1, started_at = coalesce(started_at, earshot_now())
    where t.id = ${id} and ${CLAIMABLE} and ${perAccount === 0 ? sql`true` : below(perAccount)}
    returning *`.execute(tx)
  return rows[0]
}

async function next(
  db: Db,
  { perAccount = 0, express = false, elsewhere = [], diarizes = true }: ClaimOptions,
): Promise<Claimable | undefined> {
  const names = sql.join(elsewhere.map((name) => sql`${name}`))
  const { rows } = await sql<Claimable>`
    select t.id, t.account_id from transcriptions t
    left join (
      select account_id, count(*) as running from transcriptions where state = 'running' group by account_id
    ) b on b.account_id = t.account_id
    where ${CLAIMABLE}
      and ${perAccount === 0 ? sql`true` : below(perAccount)}
      and ${diarizes ? sql`true` : sql`t.diarize = 0`}
      and ${elsewhere.length === 0 ? sql`true` : sql`(t.model is null or t.model not in (${names}))`}
      and ${express ? sql`(b.running is null or t.duration_ms <= ${SHORT_MS})` : sql`true`}
    order by coalesce(b.running, 0), t.created_at, t.id
    limit 1`.execute(db)
  return rows[0]
}

const CLAIMABLE = sql<boolean>`
  (t.state = 'queued' and t.leader_id is null or (t.state = 'running' and t.lease_until < earshot_now()))`

/** Fewer of the account run than may, this one not counted. */
const below = (limit: number) => sql<boolean>`(
  select count(*) from transcriptions r
  where r.account_id = t.account_id and r.state = 'running' and r.id <> t.id
) < ${limit}`

/** Gives unfinished work back, as a stopping server does; this was not an attempt that failed. */
export async function giveBack({ db }: LeaseDeps, { token }: Lease): Promise<void> {
  await db
    .updateTable('transcriptions')
    .set({ state: 'queued', ...freed, attempts: sql`attempts - 1` })
    .where('lease_token', '=', token)
    .execute()
}

/**
 * Frees everything that was claimed before a crash. Only where this process is known to be the only
 * worker (SQLite in its own data directory); elsewhere leases run out by themselves.
 */
export async function freeAll({ db }: LeaseDeps): Promise<void> {
  await db
    .updateTable('transcriptions')
    .set({ state: 'queued', ...freed })
    .where('state', '=', 'running')
    .execute()
  await freeClaims(db)
}
