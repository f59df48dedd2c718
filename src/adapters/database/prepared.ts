import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { sqliteStatement } from './sqlite-statement.ts'

/** Statements that are kept. Lists of any length (`in (?, ?, …)`) make more texts than there are queries. */
const MOST = 400
const KEPT = /^\s*(select|insert|update|delete|with|begin|commit|rollback)\b/i

/**
 * The database with its statements kept: to prepare one takes about as long as to run it, and Kysely prepares
 * every time. Anything that may change the schema forgets them all.
 * @param onWrite told when a statement has changed something
 */
export function preparedOnce(database: DatabaseSyncInstance, onWrite = (): void => {}): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = kept.get(sql)
      if (known) return known
      const statement = sqliteStatement(database, sql, onWrite)
      if (!KEPT.test(sql)) kept.clear()
      else {
        // In the order in which they were met: those of every request are back at once.
        const [oldest] = kept.keys()
        if (kept.size >= MOST && oldest !== undefined) kept.delete(oldest)
        kept.set(sql, statement)
      }
      return statement
    },
  }
}
