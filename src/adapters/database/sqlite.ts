import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  type SelectModifierNode,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  SqliteQueryCompiler,
} from 'kysely'
import type { Tables } from '../../domain/tables.ts'
import { type Clock, systemClock } from '../../ports/clock.ts'
import { preparedOnce } from './prepared.ts'

/**
 * Every transaction here writes sooner or later. Begun as `immediate`, it waits for its turn at the
 * start; begun as `deferred`, it could fail in the middle when another process wrote in between.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk makes SQLite roll back by itself; that there is nothing left to do must not hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: Error) => {
      if (!error.message.includes('no transaction is active')) throw error
    })
  }
}

/** No locks of rows: an immediate transaction has the whole database. */
class LocklessQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!node.modifier || !LOCKING.has(node.modifier)) super.visitSelectModifier(node)
  }
}

const LOCKING: ReadonlySet<string> = new Set(['ForUpdate', 'ForNoKeyUpdate', 'ForKeyShare', 'SkipLocked'])

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }
  override createDriver(): ImmediateSqliteDriver {
    return new ImmediateSqliteDriver({ database: this.#database })
  }
  override createQueryCompiler(): LocklessQueryCompiler {
    return new LocklessQueryCompiler()
  }
}

/** Opens (or makes) the database file. WAL, and a full fsync at every commit: it holds money. */
export function openSqlite(path: string, clock: Clock = systemClock): Kysely<Tables> {
  makePrivate(path)
  const database = new DatabaseSync(path, { timeout: 10_000, enableForeignKeyConstraints: true })
  database.exec('pragma journal_mode = WAL')
  database.exec('pragma synchronous = FULL')
  // What the driver was built with is 2 MB; queries over many rows gain from more.
  database.exec('pragma cache_size = -16000')
  database.function('earshot_now', () => clock.now())
  const prepared = preparedOnce(database)
  const close = (): void => {
    checkpoint(database)
    prepared.close()
  }
  return new Kysely<Tables>({ dialect: new ImmediateSqliteDialect({ ...prepared, close }) })
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

/** Whatever the folder allows: keys’ hashes, texts and money are in it. SQLite gives its other files the same mode. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  try {
    chmodSync(path, 0o600)
  } catch {
    // Another user's file that we may write, as its owner has arranged it.
  }
}
