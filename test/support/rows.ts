import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** Reads the server's SQLite database from outside, while it runs or after it died. */
export function readRows<T>(dataDir: string, query: string): T[] {
  const db = new Sqlite(join(dataDir, 'earshot.db'), { readonly: true })
  try {
    return db.prepare(query).all() as T[]
  } finally {
    db.close()
  }
}
