import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'

/** Reads the server's SQLite database from outside, while it runs or after it died. */
export function readRows<T>(dataDir: string, query: string): T[] {
  const db = new DatabaseSync(join(dataDir, 'earshot.db'), { readOnly: true })
  try {
    return db.prepare(query).all() as T[]
  } finally {
    db.close()
  }
}
