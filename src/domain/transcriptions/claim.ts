/**
 * Who works on what. The queue is the table itself, in two lines: what has to be downloaded first, and what has not.
 * In each, the account goes first of which the least runs there, and of those the one that has waited the longest;
 * of an account, what is due first. Triggers count what of each account waits and runs (`queues`), so a claim looks
 * at one row of that and one transcription, however many wait or have ended.
 *
 * When a worker dies, its claim runs out, the transcription is put back, and another goes on at the stored parts.
 */
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Deps } from '../context.ts'
import { runKept } from '../kept.ts'
import { claimed, databaseNow, freeClaims, freed, type Lease, newLease } from '../leases/lease.ts'
import { claimOrFree } from '../leases/unanswered.ts'
import { lockRows } from '../lock-rows.ts'
import type { Db, TranscriptionRow, Tx } from '../tables.ts'

type ClaimDeps = Pick<Deps, 'db'>

export interface ClaimOptions {
  /** Of which line: what has to be downloaded first, or what has not. */
  downloads: boolean
  /** How many of one account may run in this line at the same time; 0: any number. */
  perAccount?: number
  /** Only what must not wait behind long work: short recordings, and accounts of which nothing runs. */
  express?: boolean
  /** Accounts that have had enough here. */
  without?: readonly string[]
  /** Models that other workers have and this one lacks: what names one of them is left to them. */
  elsewhere?: readonly string[]
  /** Undefined: requests for any model. */
  only?: ModelsTaken | undefined
  /** False: what wants its speakers told apart is left to workers that can do that. */
  diarizes?: boolean
}

/** The models whose work is taken. */
export interface ModelsTaken {
  models: readonly string[]
  /** Whether requests that name no model are taken too. */
  unnamed: boolean
}

export interface ClaimedTranscription {
  row: TranscriptionRow
  lease: Lease
}

/** A recording of at most this length is short, ms. */
const SHORT_MS = 60_000

/** Claims the next transcription. Undefined: none. */
export async function claim(
  deps: ClaimDeps,
  leaseMs: number,
  options: ClaimOptions,
): Promise<ClaimedTranscription | undefined> {
  const { db } = deps
  const lease = newLease('transcriptions', leaseMs)
  // Accounts that others are claiming for or writing to at this moment are passed over; where nobody else waits,
  // they are waited for.
  const row = await claimOrFree(
    lease,
    async () =>
      (await claimNext(db, lease, options, 'pass over')) ??
      ((await anyWaits(db, options)) ? await claimNext(db, lease, options, 'wait') : undefined),
    () => giveBack(deps, lease.token),
  )
  return row && { row, lease }
}

// Partial indexes are found by their very words; what is bound to a parameter is no such word to SQLite.
const WAITS = sql<boolean>`t.state = 'queued' and t.leader_id is null`
const RUNS = sql<boolean>`state = 'running'`

async function claimNext(
  db: Db,
  lease: Lease,
  options: ClaimOptions,
  busy: 'pass over' | 'wait',
): Promise<TranscriptionRow | undefined> {
  const line = sql.lit(options.downloads ? 1 : 0)
  const next = db
    .with(
      (cte) => cte('turn').materialized(),
      (q) => {
        const next = lockRows(
          whoMayRun(q, options)
            .select(['q.account_id', 'q.running'])
            .orderBy('q.running')
            .orderBy('q.turn_at')
            .orderBy('q.account_id')
            .limit(1),
        )
        return busy === 'wait' ? next : next.skipLocked()
      },
    )
    .updateTable('transcriptions')
    .set({
      ...claimed(lease),
      state: 'running',
      attempts: sql`attempts + 1`,
      claimed_at: databaseNow,
      started_at: sql`coalesce(started_at, earshot_now())`,
    })
    .where('id', '=', (eb) =>
      waitingIn(line)(eb.selectFrom('transcriptions as t').select('t.id'))
        .where('t.account_id', '=', sql<string>`(select account_id from turn)`)
        .where(fits(options, sql`(select running from turn)`))
        .orderBy('t.due_at')
        .orderBy('t.id')
        .limit(1)
        .forNoKeyUpdate()
        .skipLocked(),
    )
    .returningAll()
  const [row] = await runKept(db, next)
  return row
}

/** Accounts of which something waits that could be claimed. */
const whoMayRun = (db: Pick<Db, 'selectFrom'>, options: ClaimOptions) => {
  const line = sql.lit(options.downloads ? 1 : 0)
  return db
    .selectFrom('queues as q')
    .where(mayRun(options, line))
    .where((eb) =>
      eb.exists(
        waitingIn(line)(eb.selectFrom('transcriptions as t').select('t.id'))
          .whereRef('t.account_id', '=', 'q.account_id')
          .where(fits(options, sql`q.running`)),
      ),
    )
}

const waitingIn =
  (line: RawBuilder<unknown>) =>
  <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): SelectQueryBuilder<DB, TB, O> =>
    query.where(WAITS).where(sql<boolean>`t.needs_download = ${line}`)

const mayRun = ({ perAccount = 0, without = [] }: ClaimOptions, line: RawBuilder<unknown>) =>
  all([
    sql<boolean>`q.waiting > 0 and q.needs_download = ${line}`,
    perAccount > 0 && sql<boolean>`q.running < ${perAccount}`,
    without.length > 0 && sql<boolean>`q.account_id not in (${sql.join(without)})`,
  ])

const fits = (
  { express = false, elsewhere = [], only, diarizes = true }: ClaimOptions,
  running: RawBuilder<unknown>,
): RawBuilder<boolean> =>
  all([
    express && sql<boolean>`(${running} = 0 or t.duration_ms <= ${SHORT_MS})`,
    elsewhere.length > 0 && sql<boolean>`(t.model is null or t.model not in (${sql.join(elsewhere)}))`,
    only !== undefined && isOf(only),
    !diarizes && sql<boolean>`t.diarize = 0`,
  ])

const isOf = ({ models, unnamed }: ModelsTaken): RawBuilder<boolean> => {
  const named = models.length > 0 ? sql<boolean>`t.model in (${sql.join(models)})` : sql<boolean>`1 = 0`
  return unnamed ? sql<boolean>`(t.model is null or ${named})` : named
}

const all = (conditions: (RawBuilder<boolean> | false)[]): RawBuilder<boolean> => {
  const asked = conditions.filter((each) => each !== false)
  return asked.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`(${sql.join(asked, sql` and `)})`
}

/** Whether there is anything to claim, whoever is just claiming it. It costs a fraction of a claim that finds nothing. */
export async function anyWaits(db: Db, options: ClaimOptions): Promise<boolean> {
  const rows = await runKept(db, whoMayRun(db, options).select('q.account_id').limit(1))
  return rows.length > 0
}

/** For a transaction that changes what waits of several accounts: locks their rows in one order, whoever does it. */
export async function lockQueues(tx: Tx, accountIds: readonly string[]): Promise<void> {
  await lockRows(
    tx
      .selectFrom('queues')
      .select('account_id')
      .where('account_id', 'in', [...new Set(accountIds)])
      .orderBy('account_id')
      .orderBy('needs_download'),
  ).execute()
}

/**
 * Gives unfinished work back, as a stopping server does; this was not an attempt that failed.
 * @returns whether the claim was still held
 */
export async function giveBack({ db }: ClaimDeps, token: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('transcriptions')
    .set({ state: 'queued', ...freed, attempts: sql`attempts - 1` })
    .where('lease_token', '=', token)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Puts back what gave no sign of life for too long. What runs here is left: a process that slept renews its claims
 * as soon as it wakes, unless others have put them back.
 * @param tokens of what runs here
 * @returns how many
 */
export async function freeExpired({ db }: ClaimDeps, tokens: readonly string[] = []): Promise<number> {
  // One by one: each changes its account's queue, and two that wait for each other's would wait for ever.
  for (let count = 0; ; count++) {
    const found = await db
      .updateTable('transcriptions')
      .set({ state: 'queued', ...freed })
      .where('id', '=', (eb) => {
        const expired = eb
          .selectFrom('transcriptions')
          .select('id')
          .where(RUNS)
          .where('lease_until', '<=', databaseNow)
          .limit(1)
          .forNoKeyUpdate()
          .skipLocked()
        return tokens.length === 0 ? expired : expired.where('lease_token', 'not in', tokens)
      })
      .returning('id')
      .executeTakeFirst()
    if (!found) return count
  }
}

/**
 * Frees everything that was claimed before a crash. Only where this process is known to be the only
 * worker (SQLite in its own data directory); elsewhere leases run out by themselves.
 */
export async function freeAll({ db }: ClaimDeps): Promise<void> {
  await db
    .updateTable('transcriptions')
    .set({ state: 'queued', ...freed })
    .where('state', '=', 'running')
    .execute()
  await freeClaims(db)
}
