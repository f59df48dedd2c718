import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Migrator, sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../../domain/tables.ts'
import { type Clock, systemClock } from '../../ports/clock.ts'
import type { Signals } from '../../ports/signals.ts'
import type { TranscriptSearch } from '../../ports/transcript-search.ts'
import { localSignals } from '../signals/local.ts'
import { followClock } from './clock.ts'
import { migrations } from './migrations/index.ts'
import { postgresSearch, sqliteSearch } from './search.ts'
import { openSqlite } from './sqlite.ts'

export interface OpenDatabase {
  db: Db
  /** For looking at the database and at what it counts: requests and work cannot use its connection up. */
  probeDb: Db
  signals: Signals
  /** The database's time. */
  clock: Clock
  search: TranscriptSearch
  kind: 'sqlite' | 'postgres'
  close(): Promise<void>
}

/**
 * Opens the database and brings it up to date.
 * @throws Error with one clear line where it cannot be reached or is newer than this program
 */
export async function openDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  return options.url ? postgres(options.url, options) : sqlite(options)
}

export interface DatabaseOptions {
  url?: string | undefined
  dataDir: string
  /** For SQLite, whose time is this process's; another clock only in tests. */
  clock?: Clock
  /** Of PostgreSQL: how long a statement may take, ms, and how many connections there are. */
  statementMs?: number
  connections?: number
}

async function sqlite({
  dataDir,
  clock = systemClock,
}: {
  dataDir: string
  clock?: Clock
}): Promise<OpenDatabase> {
  await mkdir(dataDir, { recursive: true })
  const db = openSqlite(join(dataDir, 'earshot.db'), clock)
  await migrate(db).catch(async (cause) => {
    await db.destroy()
    throw cause
  })
  const signals = localSignals()
  return {
    db,
    probeDb: db,
    signals,
    clock,
    search: sqliteSearch,
    kind: 'sqlite',
    async close() {
      await signals.close()
      await db.destroy()
    },
  }
}

/** Whoever looks waits three seconds. */
const PROBE_MS = 2000

async function postgres(
  url: string,
  { statementMs = 20_000, connections = 10 }: DatabaseOptions,
): Promise<OpenDatabase> {
  const { createClient, createPool, openPostgres, postgresLimits } = await import('./postgres.ts')
  const { postgresSignals } = await import('../signals/postgres.ts')
  const limits = postgresLimits(statementMs)
  await reach(createClient(url, limits))
  // A migration takes as long as it takes.
  const unlimited = openPostgres(createPool(url))
  await migrate(unlimited).finally(() => unlimited.destroy())
  const pool = createPool(url, limits, connections)
  const signals = await postgresSignals(() => createClient(url, limits), pool)
  const db = openPostgres(pool)
  const probeDb = openPostgres(createPool(url, postgresLimits(Math.min(PROBE_MS, statementMs)), 1))
  const clock = await followClock(async () => {
    const { rows } = await pool.query<{ now: number }>('select earshot_now() as now')
    return rows[0]!.now
  })
  return {
    db,
    probeDb,
    signals,
    clock,
    search: postgresSearch,
    kind: 'postgres',
    async close() {
      clock.stop()
      await signals.close()
      await probeDb.destroy()
      await db.destroy()
    },
  }
}

/** @throws Error in one line */
async function reach(client: pg.Client): Promise<void> {
  try {
    await client.connect()
    await client.query('select 1')
  } catch (cause) {
    throw new Error(`the database of DATABASE_URL cannot be reached: ${(cause as Error).message}`, { cause })
  } finally {
    await client.end().catch(() => {})
  }
}

async function migrate(db: Db): Promise<void> {
  if (await isUpToDate(db)) return
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
    // Parts of the program number their migrations apart from each other; none builds on a later number.
    allowUnorderedMigrations: true,
  })
  const { error } = await migrator.migrateToLatest()
  if (error)
    throw new Error(`the database cannot be brought up to date: ${(error as Error).message}`, {
      cause: error,
    })
}

/** Read at once: Kysely reads every column of every table before it looks, which is half of what opening a database takes. */
async function isUpToDate(db: Db): Promise<boolean> {
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db).then(
    ({ rows }) => new Set(rows.map(({ name }) => name)),
    // Whatever this is, Kysely says it: mostly that the database is new.
    () => new Set<string>(),
  )
  const names = Object.keys(migrations)
  return done.size === names.length && names.every((name) => done.has(name))
}
