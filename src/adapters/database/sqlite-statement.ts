import type { DatabaseSyncInstance as Database } from '@photostructure/sqlite'
import type { SqliteStatement } from 'kysely'

/** What changes nothing, or only ends what the statements before it have changed. */
const CHANGES_NOTHING = /^\s*(select|begin|commit|rollback|savepoint|release|pragma)\b/i

/**
 * A statement as Kysely runs it, whose errors carry SQLite's own name as their `code`: `SQLITE_FULL`.
 * @param onWrite told when it has changed something
 */
export function sqliteStatement(database: Database, sql: string, onWrite: () => void): SqliteStatement {
  const statement = named(() => database.prepare(sql))
  const mayWrite = !CHANGES_NOTHING.test(sql)
  return {
    reader: statement.columns().length > 0,
    all(values) {
      const rows = named(() => statement.all(...values))
      if (mayWrite && rows.length > 0) onWrite()
      return rows
    },
    run(values) {
      const done = named(() => statement.run(...values))
      // Of what changes the schema, the count is that of an earlier statement.
      if (mayWrite && (done.changes > 0 || !COUNTED.test(sql))) onWrite()
      return done
    },
    iterate: (values) => statement.iterate(...values),
  }
}

const COUNTED = /^\s*(insert|update|delete|with)\b/i

/** The driver, like `node:sqlite`, gives all of them one code, `ERR_SQLITE_ERROR`. */
function named<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const name = (error as { sqliteCodeName?: string }).sqliteCodeName
    throw name === undefined ? error : Object.assign(error as Error, { code: name })
  }
}
