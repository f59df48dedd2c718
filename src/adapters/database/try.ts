/** Whether the database can be had: nothing of it is changed. */
import Sqlite from 'better-sqlite3'

const PATIENCE_MS = 5000

/** @returns what it is @throws Error */
export async function tryDatabase(url: string | undefined): Promise<string> {
  if (url === undefined) {
    const database = new Sqlite(':memory:')
    const version = String(database.prepare('select sqlite_version()').pluck().get())
    database.close()
    return `SQLite ${version}`
  }
  const { createClient, postgresLimits } = await import('./postgres.ts')
  const client = createClient(url, postgresLimits(PATIENCE_MS))
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return `PostgreSQL ${rows[0]?.server_version}`
  } finally {
    await client.end().catch(() => {})
  }
}
