import type { Readable } from 'node:stream'
import type { Deps } from '../context.ts'
import { stillHeld } from '../leases/due.ts'
import { freed, setHeld } from '../leases/lease.ts'
import { storageFailure, takeRoom } from '../media/room.ts'
import { adoptStray, noteStray, removeStray } from '../media/strays.ts'
import type { VideoRow } from './tables.ts'

type SaveDeps = Pick<Deps, 'db' | 'clock' | 'media' | 'policy'>

/**
 * Stores the file and ends the run.
 * @param version of the transcript that it shows
 * @throws DomainError `storage.full`; Lost, StorageAway, the signal's reason
 */
export async function saveVideo(
  deps: SaveDeps,
  row: VideoRow,
  { body, version }: { body: Readable; version: number },
  signal: AbortSignal,
): Promise<void> {
  // Of its own for each attempt: one whose claim is gone may still be writing.
  const key = `videos/${row.account_id}/${row.id}-${row.attempts}`
  await removeStray(deps, key)
  await noteStray(deps.db, key, deps.clock.now())
  try {
    const { bytes, sha256 } = await deps.media.put(key, body, signal)
    await deps.db.transaction().execute(async (tx) => {
      await takeRoom(tx, deps, { accountId: row.account_id }, bytes)
      await stillHeld(tx, 'videos', row)
      await adoptStray(tx, key)
      await setHeld(tx, 'videos', row.lease_token, {
        ...freed,
        state: 'succeeded',
        pct: 100,
        version,
        storage_key: key,
        bytes,
        sha256,
        finished_at: deps.clock.now(),
      })
    })
  } catch (cause) {
    // Where that fails too, the sweep does it.
    await removeStray(deps, key).catch(() => {})
    throw storageFailure(cause)
  }
}
