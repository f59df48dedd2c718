import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Db, Tx } from '../tables.ts'

/** Longer than anything takes to be stored. */
const STRAY_MS = 24 * 3_600_000
const AT_ONCE = 500

/**
 * Files in the store that no row of the library stands for: noted before one is written and when its row
 * goes, so that no crash leaves something behind that nobody knows of.
 */
export async function noteStray(db: Db | Tx, storageKey: string, since: number): Promise<void> {
  await db.insertInto('stray_files').values({ storage_key: storageKey, since }).execute()
}

/** In the transaction that lists the file. */
export async function adoptStray(tx: Tx, storageKey: string): Promise<void> {
  const { numDeletedRows } = await tx
    .deleteFrom('stray_files')
    .where('storage_key', '=', storageKey)
    .executeTakeFirst()
  if (numDeletedRows !== 1n) throw new DomainError('internal', 'Storing the file took too long.')
}

/** Nothing to do where somebody else did it. */
export async function removeStray(
  { db, media }: Pick<Deps, 'db' | 'media'>,
  storageKey: string,
): Promise<void> {
  await media.remove(storageKey)
  await db.deleteFrom('stray_files').where('storage_key', '=', storageKey).execute()
}

/** What a crash left behind. */
export async function sweepStrays(deps: Pick<Deps, 'db' | 'clock' | 'media'>): Promise<void> {
  const strays = await deps.db
    .selectFrom('stray_files')
    .select('storage_key')
    .where('since', '<=', deps.clock.now() - STRAY_MS)
    .limit(AT_ONCE)
    .execute()
  for (const { storage_key } of strays) await removeStray(deps, storage_key)
}
