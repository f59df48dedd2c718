import { Readable } from 'node:stream'
import type { Prober } from '../../ports/prober.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { claimed, free, freed, isFree, type Lease, newLease, setHeld } from '../leases/lease.ts'
import { inTurn } from '../leases/poll.ts'
import { claimOrFree } from '../leases/unanswered.ts'
import { whileHeld } from '../leases/while-held.ts'
import { storeMedia } from '../media/store.ts'
import { mediaFailure } from '../transcriptions/failures.ts'
import { getUpload, requireAlive } from './get.ts'
import { dropPieces } from './remove.ts'
import type { UploadRow } from './tables.ts'

const LEASE_MS = 30_000

type FinishDeps = Pick<Deps, 'db' | 'clock' | 'media' | 'policy'> & { probe: Prober }

/**
 * Makes a file of the media library of an upload that is complete. Asked again, also elsewhere or after a
 * crash, it is the same file.
 * @param gone stops waiting for another process that is at it; what was begun here goes on
 * @throws DomainError `media.*`, `upload.gone`, `storage.full`
 */
export async function finishUpload(
  deps: FinishDeps,
  ctx: Ctx,
  id: string,
  gone: AbortSignal,
): Promise<{ mediaId: string }> {
  const look = async (): Promise<UploadRow> => requireAlive(await getUpload(deps, ctx, id), deps.clock.now())
  const mediaId = await inTurn<string>(gone, {
    stored: async () => (await look()).media_id ?? undefined,
    async claim() {
      const lease = newLease('uploads', LEASE_MS)
      const row = await claimOrFree(
        lease,
        () => claim(deps, id, lease),
        () => free(deps.db, lease),
      )
      return row && (() => whileHeld(deps, lease, (lost) => finishClaimed(deps, ctx, row, lease, lost)))
    },
  })
  return { mediaId }
}

async function finishClaimed(
  deps: FinishDeps,
  ctx: Ctx,
  row: UploadRow,
  lease: Lease,
  lost: AbortSignal,
): Promise<string> {
  try {
    const mediaId = await toLibrary(deps, ctx, row, lost)
    await end(deps, lease, { media_id: mediaId })
    await dropPieces(deps, row.id)
    return mediaId
  } catch (cause) {
    lost.throwIfAborted()
    const failure = mediaFailure(cause)
    const final = failure instanceof DomainError && failure.code.startsWith('media.')
    await end(deps, lease, final ? { error_code: failure.code, error_message: failure.message } : {})
    if (final) await dropPieces(deps, row.id)
    throw failure
  }
}

async function toLibrary(
  deps: FinishDeps,
  ctx: Ctx,
  { id, filename }: UploadRow,
  signal: AbortSignal,
): Promise<string> {
  const body = Readable.from(content(deps, id))
  const { media } = await storeMedia(deps, ctx, { filename, body, uploadId: id, renames: true }, signal)
  return media.id
}

async function* content({ db, media }: FinishDeps, id: string): AsyncGenerator<Buffer> {
  const pieces = await db
    .selectFrom('upload_pieces')
    .select('storage_key')
    .where('upload_id', '=', id)
    .where('bytes', '>', 0)
    .orderBy('start')
    .execute()
  for (const { storage_key } of pieces) yield* await media.open(storage_key)
}

const claim = ({ db }: FinishDeps, id: string, lease: Lease): Promise<UploadRow | undefined> =>
  db
    .updateTable('uploads')
    .set(claimed(lease))
    .where('id', '=', id)
    .where('media_id', 'is', null)
    .where('error_code', 'is', null)
    .where(isFree('uploads'))
    .returningAll()
    .executeTakeFirst()

/** @throws Lost */
const end = (
  { db }: FinishDeps,
  { token }: Lease,
  how: Partial<Pick<UploadRow, 'media_id' | 'error_code' | 'error_message'>>,
): Promise<void> => setHeld(db, 'uploads', token, { ...how, ...freed })
