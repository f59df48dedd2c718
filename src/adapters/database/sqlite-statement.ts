import type { DatabaseSyncInstance as Database } from '@photostructure/sqlite'
import type { SqliteStatement } from 'kysely'

/** A statement as Kysely runs it, whose errors carry SQLite's own name as their `code`: `SQLITE_FULL`. */
export function sqliteStatement(database: Database, sql: string): SqliteStatement {
  const statement = named(() => database.prepare(sql))
  return {
    reader: statement.columns().length > 0,
    all: (values) => named(() => statement.all(...values)),
    run: (values) => named(() => statement.run(...values)),
    iterate: (values) => statement.iterate(...values),
  }
}

/** The driver, like `node:sqlite`, gives all of them one code, `ERR_SQLITE_ERROR`. */
function named<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const name = (error as { sqliteCodeName?: string }).sqliteCodeName
    throw name === undefined ? error : Object.assign(error as Error, { code: name })
  }
}
