import { CompiledQuery, type DatabaseConnection, SqliteDriver } from 'kysely'
import type { SqliteFile } from './sqlite-file.ts'

/**
 * Every transaction here writes sooner or later. Begun as `immediate`, it waits for its turn at the
 * start; begun as `deferred`, it could fail in the middle when another process wrote in between.
 *
 * What was written is on the disk before whoever wrote it goes on; others have the connection meanwhile.
 */
export class ImmediateSqliteDriver extends SqliteDriver {
  readonly #file: SqliteFile

  constructor(file: SqliteFile) {
    super({ database: file.database })
    this.#file = file
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** A full disk makes SQLite roll back by itself; that there is nothing left to do must not hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await super.rollbackTransaction(connection).catch((error: Error) => {
      if (!error.message.includes('no transaction is active')) throw error
    })
  }

  override async releaseConnection(): Promise<void> {
    const onDisk = this.#file.written()
    await super.releaseConnection()
    await onDisk
  }

  override async destroy(): Promise<void> {
    await super.destroy()
    await this.#file.close()
  }
}
