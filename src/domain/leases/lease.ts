/**
 * Who works on a row. Whoever claims it writes a token of its own into it, and until when that counts without a
 * sign of life; every later write asks for the token. So a run that was only slow, or slept, can do no harm: once
 * somebody else has claimed the row, its token is gone. A token belongs to one claim, not to a process: a process
 * may claim again what it lost.
 *
 * Time is the database's (`earshot_now()`, which both databases have), the same for all machines.
 */
import { randomBytes } from 'node:crypto'
import { type RawBuilder, sql, type UpdateObject } from 'kysely'
import type { Db, Tables, Tx } from '../tables.ts'

/** Tables whose rows are claimed. */
export const LEASED = [
  'transcriptions',
  'uploads',
  'idempotency_keys',
  'webhook_deliveries',
  'batches',
  'subscriptions',
  'post_deliveries',
  'open_parts',
  'speaker_runs',
  'videos',
] as const
export type Leased = (typeof LEASED)[number]

export interface Lease {
  table: Leased
  token: string
  /** How long it counts without a sign of life. */
  ms: number
}

/** The claim is gone: somebody else has ended the row, or works on it. Stop, and write nothing. */
export class Lost extends Error {
  constructor() {
    super('the claim is gone')
    this.name = 'Lost'
  }
}

export const newLease = (table: Leased, ms: number): Lease => ({
  table,
  token: randomBytes(18).toString('base64url'),
  ms,
})

/** The database's time, epoch ms. */
export const databaseNow: RawBuilder<number> = sql<number>`earshot_now()`

export const databaseIn = (ms: number): RawBuilder<number> => sql<number>`earshot_now() + ${ms}`

/** What a claim sets. */
export const claimed = ({ token, ms }: Omit<Lease, 'table'>) => ({
  lease_token: token,
  lease_until: databaseIn(ms),
})

/** What its end sets. */
export const freed = { lease_token: null, lease_until: null } as const

/** Nobody works on the row, or whoever did gave no sign of life for too long. */
export const isFree = (table: Leased): RawBuilder<boolean> => {
  const until = sql.ref(`${table}.lease_until`)
  return sql<boolean>`(${until} is null or ${until} <= earshot_now())`
}

/** A sign of life. False: the claim is gone. */
export async function renew(db: Db, { table, token, ms }: Lease): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set lease_until = ${databaseIn(ms)} where lease_token = ${token}`.execute(db)
  return numAffectedRows === 1n
}

/** Ends a claim, and changes nothing else. False: it was gone. */
export async function free(db: Db, { table, token }: Omit<Lease, 'ms'>): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update ${sql.table(table)} set lease_token = null, lease_until = null where lease_token = ${token}`.execute(
    db,
  )
  return numAffectedRows === 1n
}

/** Writes to the row that a claim holds. @throws Lost */
export async function setHeld<T extends Leased>(
  db: Db | Tx,
  table: T,
  token: string | null,
  set: UpdateObject<Tables, T>,
): Promise<void> {
  const { numUpdatedRows } = await db
    // The types of one table stand for all: each has the columns of a claim.
    .updateTable(table as 'batches')
    .set(set as UpdateObject<Tables, 'batches'>)
    .where('lease_token', '=', token)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Lost()
}

/** Frees what is claimed in all tables but the transcriptions’, as after a crash of the only process there is. */
export async function freeClaims(db: Db | Tx): Promise<void> {
  for (const table of LEASED)
    if (table !== 'transcriptions')
      await sql`update ${sql.table(table)} set lease_token = null, lease_until = null
        where lease_token is not null`.execute(db)
}
