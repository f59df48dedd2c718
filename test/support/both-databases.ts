/** The same tests against SQLite and PostgreSQL. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/adapters/database/open.ts'
import { type Postgres, startPostgres } from './postgres.ts'

export interface TestDatabase extends OpenDatabase {
  /** Opens the same database once more, as another process would. Closed by whoever opened it. */
  openAgain(): Promise<OpenDatabase>
}

/** `database()` is an empty, migrated database, open while the tests of this block run. */
export function describeBothDatabases(name: string, tests: (database: () => TestDatabase) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const)
    describe(`${name} (${kind})`, () => {
      let dataDir: string
      let postgres: Postgres | undefined
      let opened: TestDatabase
      beforeAll(async () => {
        dataDir = await mkdtemp(join(tmpdir(), 'earshot-db-'))
        if (kind === 'postgres') postgres = await startPostgres()
        const url = await postgres?.createDatabase()
        const openAgain = (): Promise<OpenDatabase> => openDatabase({ url, dataDir })
        opened = { ...(await openAgain()), openAgain }
      })
      afterAll(async () => {
        await opened?.close()
        await postgres?.stop()
        await rm(dataDir, { recursive: true, force: true })
      })
      tests(() => opened)
    })
}
