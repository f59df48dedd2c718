/** A database that is up to date and holds nothing, made once and copied: migrations are a fifth of a server's first start. */
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CACHE } from './cache.ts'

const FOLDER = join(import.meta.dirname, '../../src/adapters/database/migrations')

/** What stands for the migrations at hand. */
export const MIGRATIONS = readdirSync(FOLDER)
  .sort()
  .reduce((hash, name) => hash.update(name).update(readFileSync(join(FOLDER, name))), createHash('sha256'))
  .digest('hex')
  .slice(0, 12)

/** Puts SQLite's file into a data folder, unless there is one. */
export async function migratedSqlite(dataDir: string): Promise<void> {
  const file = join(dataDir, 'earshot.db')
  if (existsSync(file)) return
  await mkdir(dataDir, { recursive: true })
  await copyFile(await template(), file)
}

async function template(): Promise<string> {
  const kept = join(CACHE, `migrated-${MIGRATIONS}.db`)
  if (existsSync(kept)) return kept
  const dataDir = await mkdtemp(join(tmpdir(), 'earshot-db-'))
  const { openDatabase } = await import('../../src/adapters/database/open.ts')
  const { close } = await openDatabase({ dataDir })
  await close()
  // Else each start migrates anew, which nothing but the time would tell.
  if (statSync(join(dataDir, 'earshot.db-wal'), { throwIfNoEntry: false })?.size)
    throw new Error('the database is not whole in its file')
  await mkdir(CACHE, { recursive: true })
  const copy = `${kept}-${randomUUID()}`
  await copyFile(join(dataDir, 'earshot.db'), copy)
  // Whole at once: other tests look for it.
  await rename(copy, kept)
  await rm(dataDir, { recursive: true })
  return kept
}
