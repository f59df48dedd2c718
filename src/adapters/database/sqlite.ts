import type { DatabaseSyncInstance } from '@photostructure/sqlite'
import { Kysely, type SelectModifierNode, SqliteDialect, SqliteQueryCompiler } from 'kysely'
import type { Tables } from '../../domain/tables.ts'
import { type Clock, systemClock } from '../../ports/clock.ts'
import { ImmediateSqliteDriver } from './sqlite-driver.ts'
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts'

/** No locks of rows: an immediate transaction has the whole database. */
class LocklessQueryCompiler extends SqliteQueryCompiler {
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (!node.modifier || !LOCKING.has(node.modifier)) super.visitSelectModifier(node)
  }
}

const LOCKING: ReadonlySet<string> = new Set(['ForUpdate', 'ForNoKeyUpdate', 'ForKeyShare', 'SkipLocked'])

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #file: SqliteFile
  constructor(file: SqliteFile) {
    super({ database: file.database })
    this.#file = file
  }
  override createDriver(): ImmediateSqliteDriver {
    return new ImmediateSqliteDriver(this.#file)
  }
  override createQueryCompiler(): LocklessQueryCompiler {
    return new LocklessQueryCompiler()
  }
}

/** Opens (or makes) the database file. @param sync brings an open file to the disk */
export function openSqlite(
  path: string,
  clock: Clock = systemClock,
  sync?: (fd: number) => Promise<void>,
): Kysely<Tables> {
  const prepare = (database: DatabaseSyncInstance): void => {
    // What the driver was built with is 2 MB; queries over many rows gain from more.
    database.exec('pragma cache_size = -16000')
    database.function('earshot_now', () => clock.now())
  }
  const file = openSqliteFile(path, prepare, sync)
  return new Kysely<Tables>({ dialect: new ImmediateSqliteDialect(file) })
}
