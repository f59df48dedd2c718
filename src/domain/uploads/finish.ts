import { Readable } from 'node:stream'
import type { Prober } from '../../ports/prober.ts'
import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { storeMedia } from '../media/store.ts'
import { mediaFailure } from '../transcriptions/failures.ts'
import { getUpload, requireAlive } from './get.ts'
import { dropPieces } from './remove.ts'
import type { UploadRow } from './tables.ts'

const LEASE_MS = 30_000
const LOOK_MS = 250

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
  for (;;) {
    const row = requireAlive(await getUpload(deps, ctx, id), deps.clock.now())
    if (row.media_id !== null) return { mediaId: row.media_id }
    if (await claim(deps, id)) return { mediaId: await finishClaimed(deps, ctx, row) }
    await new Promise((done) => setTimeout(done, LOOK_MS))
    gone.throwIfAborted()
  }
}

async function finishClaimed(deps: FinishDeps, ctx: Ctx, row: UploadRow): Promise<string> {
  const beat = setInterval(() => void renew(deps, row.id).catch(() => {}), LEASE_MS / 3)
  try {
    const mediaId = await toLibrary(deps, ctx, row)
    await end(deps, row.id, { media_id: mediaId })
    await dropPieces(deps, row.id)
    return mediaId
  } catch (cause) {
    const failure = mediaFailure(cause)
    const final = failure instanceof DomainError && failure.code.startsWith('media.')
    await end(deps, row.id, final ? { error_code: failure.code, error_message: failure.message } : {})
    if (final) await dropPieces(deps, row.id)
    throw failure
  } finally {
    clearInterval(beat)
  }
}

async function toLibrary(deps: FinishDeps, ctx: Ctx, { id, filename }: UploadRow): Promise<string> {
  const body = Readable.from(content(deps, id))
  const { media } = await storeMedia(deps, ctx, { filename, body, uploadId: id })
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

async function claim({ db, clock }: FinishDeps, id: string): Promise<boolean> {
  const now = clock.now()
  const { numUpdatedRows } = await db
    .updateTable('uploads')
    .set({ finishing_until: now + LEASE_MS })
    .where('id', '=', id)
    .where('media_id', 'is', null)
    .where('error_code', 'is', null)
    .where((eb) => eb.or([eb('finishing_until', 'is', null), eb('finishing_until', '<', now)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

async function renew({ db, clock }: FinishDeps, id: string): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ finishing_until: clock.now() + LEASE_MS })
    .where('id', '=', id)
    .where('finishing_until', 'is not', null)
    .execute()
}

async function end(
  { db }: FinishDeps,
  id: string,
  how: Partial<Pick<UploadRow, 'media_id' | 'error_code' | 'error_message'>>,
): Promise<void> {
  await db
    .updateTable('uploads')
    .set({ ...how, finishing_until: null })
    .where('id', '=', id)
    .execute()
}
