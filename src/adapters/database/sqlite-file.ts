import { chmodSync, close, closeSync, fdatasync, open, openSync } from 'node:fs'
import { promisify } from 'node:util'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import type { SqliteDatabase } from 'kysely'
import { onDisk } from './on-disk.ts'
import { preparedOnce } from './prepared.ts'

/** A database file whose commits are brought to the disk beside the event loop. */
export interface SqliteFile {
  database: SqliteDatabase
  /** What the statements since the last call wrote is on the disk, once this resolves; undefined: they wrote nothing. */
  written(): Promise<void> | undefined
  /** After the database. */
  close(): Promise<void>
}

/**
 * Opens the file, or makes it. The log is written ahead (WAL) and brought to the disk before a commit counts: it holds
 * money. SQLite itself would do that in the middle of the statement (`synchronous = FULL`), and the event loop would
 * wait for the disk: at ten times the work that the slots do, 0.4 s of each second. So SQLite is told not to (`NORMAL`:
 * it then only waits before it moves the log into the database), and whoever wrote waits for `fdatasync` of the log, all
 * who do at the same time for the same one. Others may read meanwhile what a power cut would take back; what they make
 * of it is behind it in the log, and is taken back with it.
 */
export function openSqliteFile(
  path: string,
  prepare: (database: DatabaseSyncInstance) => void,
  sync = promisify(fdatasync),
): SqliteFile {
  makePrivate(path)
  const database = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true })
  const { journal_mode: mode } = database.prepare('pragma journal_mode = WAL').get() as {
    journal_mode: string
  }
  // On a file system without shared memory there is no log that is written ahead.
  const hasLog = mode === 'wal'
  database.exec(`pragma synchronous = ${hasLog ? 'NORMAL' : 'FULL'}`)
  prepare(database)
  const log = hasLog ? logFile(`${path}-wal`, sync) : undefined
  let wrote = false
  const prepared = preparedOnce(database, () => {
    wrote = true
  })
  return {
    database: {
      ...prepared,
      close() {
        checkpoint(database)
        prepared.close()
      },
    },
    written() {
      if (!wrote) return undefined
      wrote = false
      return log?.onDisk()
    },
    close: async () => log?.close(),
  }
}

/**
 * Writes the log into the file, as SQLite does by itself when the last connection closes. The driver's does not close
 * while there are prepared statements, which it has no way to finalize: what was copied as `earshot.db` after a stop,
 * alone, was empty. Waits for no other connection: the last to close has the file to itself.
 */
function checkpoint(database: DatabaseSyncInstance): void {
  try {
    database.exec('pragma busy_timeout = 0')
    database.exec('pragma wal_checkpoint(TRUNCATE)')
  } catch {
    // A full disk, for one. The log has it all, and is read at the next start.
  }
}

/** Its name leads to the same file for as long as the database is open. */
function logFile(
  path: string,
  sync: (fd: number) => Promise<void>,
): { onDisk(): Promise<void>; close(): Promise<void> } {
  let opened: Promise<number> | undefined
  const disk = onDisk(async () => {
    opened ??= promisify(open)(path, 'r+')
    await sync(await opened)
  })
  return {
    onDisk: disk.all,
    async close() {
      if (!opened) return
      await disk.all().catch(() => {})
      await promisify(close)(await opened)
    },
  }
}

/** Whatever the folder allows: keys’ hashes, texts and money are in it. SQLite gives its other files the same mode. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  try {
    chmodSync(path, 0o600)
  } catch {
    // Another user's file that we may write, as its owner has arranged it.
  }
}
