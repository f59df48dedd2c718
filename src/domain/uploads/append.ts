import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { storageFailure } from '../media/room.ts'
import { cutStream } from './cut-stream.ts'
import type { UploadRow } from './tables.ts'

/** What a crash can cost of what was sent already. */
const PIECE_BYTES = 16 * 1024 * 1024

type AppendDeps = Pick<Deps, 'db' | 'clock' | 'media' | 'policy'>

/**
 * Stores what comes of `body`, up to where it breaks off, as the upload's bytes from `start` on. Any
 * process may take any piece; of two that write the same bytes one is refused.
 * @returns how many bytes the upload has now
 * @throws DomainError `upload.offset`, `storage.full`, and whatever `body` ended with
 */
export async function appendToUpload(
  deps: AppendDeps,
  { id, account_id, bytes }: UploadRow,
  start: number,
  body: Readable,
): Promise<number> {
  let received = start
  for await (const piece of cutStream(body, PIECE_BYTES)) {
    const key = `uploads/${account_id}/${id}.${received}.${randomBytes(4).toString('hex')}`
    received += await storePiece(deps, { id, bytes }, { key, start: received }, piece)
  }
  return received
}

async function storePiece(
  deps: AppendDeps,
  upload: Pick<UploadRow, 'id' | 'bytes'>,
  { key, start }: { key: string; start: number },
  content: AsyncIterable<Buffer>,
): Promise<number> {
  await deps.db
    .insertInto('upload_pieces')
    .values({ storage_key: key, upload_id: upload.id, start, bytes: 0 })
    .execute()
  try {
    const { bytes } = await deps.media.put(key, Readable.from(content))
    await count(deps, upload, { key, start, bytes })
    return bytes
  } catch (cause) {
    // Where that fails, it goes with its upload.
    await forget(deps, key).catch(() => {})
    throw storageFailure(cause)
  }
}

async function forget({ db, media }: AppendDeps, key: string): Promise<void> {
  await media.remove(key)
  await db.deleteFrom('upload_pieces').where('storage_key', '=', key).execute()
}

/** Makes a stored piece part of the upload, if the upload still stands where the piece begins. */
async function count(
  { db, clock, policy }: AppendDeps,
  upload: Pick<UploadRow, 'id' | 'bytes'>,
  { key, start, bytes }: { key: string; start: number; bytes: number },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('uploads')
      .set({ received: start + bytes, expires_at: clock.now() + policy.uploadMs })
      .where('id', '=', upload.id)
      .where('received', '=', start)
      .where('bytes', '>=', start + bytes)
      .where('error_code', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n)
      throw new DomainError('upload.offset', 'Another request has written to this upload.', {
        uploadId: upload.id,
      })
    await tx.updateTable('upload_pieces').set({ bytes }).where('storage_key', '=', key).execute()
  })
}
