/** The same tests against SQLite and PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/adapters/database/open.ts'
import { migratedSqlite } from './migrated.ts'
import { findBinaries, sharedDatabase } from './postgres.ts'

export interface TestDatabase extends OpenDatabase {
  /** Opens the same database once more, as another process would. Closed by whoever opened it. */
  openAgain(): Promise<OpenDatabase>
  /** The time as the database tells it, which by itself is the real one. */
  time(): Promise<number>
  /** What the database tells from now on. */
  setTime(ms: number): Promise<void>
}

/** `database()` is an empty, migrated database, open while the tests of this block run. */
export function describeBothDatabases(name: string, tests: (database: () => TestDatabase) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const) {
    const missing = kind === 'postgres' && !findBinaries() ? ': PostgreSQL is not installed' : ''
    describe.skipIf(missing)(`${name} (${kind})${missing}`, () => {
      let dataDir: string
      let opened: TestDatabase
      beforeAll(async () => {
        dataDir = await mkdtemp(join(tmpdir(), 'earshot-db-'))
        const url = kind === 'postgres' ? await sharedDatabase() : undefined
        if (kind === 'sqlite') await migratedSqlite(dataDir)
        let told: number | undefined
        const clock = { now: () => told ?? Date.now() }
        const openAgain = (): Promise<OpenDatabase> => openDatabase({ url, dataDir, clock })
        const first = await openAgain()
        opened = {
          ...first,
          openAgain,
          async time() {
            const { rows } = await sql<{ now: number }>`select earshot_now() as now`.execute(first.db)
            return rows[0]!.now
          },
          async setTime(ms) {
            told = ms
            if (kind === 'postgres')
              await sql`create or replace function earshot_now() returns bigint language sql stable
                as ${sql.lit(`select ${ms}::bigint`)}`.execute(first.db)
          },
        }
      })
      afterAll(async () => {
        await opened?.close()
        await rm(dataDir, { recursive: true, force: true })
      })
      tests(() => opened)
    })
  }
}
