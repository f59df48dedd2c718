/** Whether the database can be had: nothing of it is changed. */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import type { Db } from '../../domain/tables.ts'

const PATIENCE_MS = 5000

/** @returns what it is @throws Error */
export async function tryDatabase(url: string | undefined): Promise<string> {
  if (url === undefined) {
    const database = new DatabaseSync(':memory:')
    const { version } = database.prepare('select sqlite_version() as version').get() as { version: string }
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

/** Reads what is there, as far as it is. @throws Error, also where there is nothing yet */
export async function withoutMigrating<T>(
  url: string | undefined,
  dataDir: string,
  read: (db: Db) => Promise<T>,
): Promise<T> {
  const db =
    url === undefined ? await existingSqlite(join(dataDir, 'earshot.db')) : await existingPostgres(url)
  try {
    return await read(db)
  } finally {
    await db.destroy()
  }
}

async function existingSqlite(path: string): Promise<Db> {
  await access(path)
  const { openSqlite } = await import('./sqlite.ts')
  return openSqlite(path)
}

async function existingPostgres(url: string): Promise<Db> {
  const { createPool, openPostgres, postgresLimits } = await import('./postgres.ts')
  return openPostgres(createPool(url, postgresLimits(PATIENCE_MS)))
}
