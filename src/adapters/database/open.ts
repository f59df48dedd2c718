import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Migrator } from 'kysely'
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
export async function openDatabase(options: {
  url?: string | undefined
  dataDir: string
  /** For SQLite, whose time is this process's; another clock only in tests. */
  clock?: Clock
}): Promise<OpenDatabase> {
  const opened = options.url ? await postgres(options.url) : await sqlite(options)
  try {
    await migrate(opened.db)
  } catch (cause) {
    await opened.close()
    throw cause
  }
  return opened
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
  const signals = localSignals()
  return {
    db,
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

async function postgres(url: string): Promise<OpenDatabase> {
  const { createPool, openPostgres } = await import('./postgres.ts')
  const { postgresSignals } = await import('../signals/postgres.ts')
  const pool = createPool(url)
  try {
    await pool.query('select 1')
  } catch (cause) {
    await pool.end()
    throw new Error(`the database of DATABASE_URL cannot be reached: ${(cause as Error).message}`, { cause })
  }
  const db = openPostgres(pool)
  const signals = await postgresSignals(url, pool)
  const clock = await followClock(async () => {
    const { rows } = await pool.query<{ now: number }>(
      'select (extract(epoch from clock_timestamp()) * 1000)::bigint as now',
    )
    return rows[0]!.now
  })
  return {
    db,
    signals,
    clock,
    search: postgresSearch,
    kind: 'postgres',
    async close() {
      clock.stop()
      await signals.close()
      await db.destroy()
    },
  }
}

async function migrate(db: Db): Promise<void> {
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
