import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../ids.ts'
import { requireScope } from '../keys/authenticate.ts'
import { freed } from '../leases/lease.ts'
import { requireDisk, takeRoom } from '../media/room.ts'
import { cleanFilename } from '../media/store.ts'
import type { UploadRow } from './tables.ts'

/** Values that people and clients give of a file; they are few and short. */
export type UploadMetadata = Record<string, string | null>

/**
 * Begins an upload of `bytes` bytes, which are sent in pieces.
 * @throws DomainError `media.too_large`, `storage.full`
 */
export async function createUpload(
  deps: Pick<Deps, 'db' | 'clock' | 'media' | 'policy'>,
  ctx: Ctx,
  { bytes, metadata }: { bytes: number; metadata: UploadMetadata },
): Promise<UploadRow> {
  requireScope(ctx, 'media')
  const { maxUploadBytes, uploadMs } = deps.policy
  if (bytes > maxUploadBytes)
    throw new DomainError('media.too_large', `This server takes files of at most ${maxUploadBytes} bytes.`, {
      maxBytes: maxUploadBytes,
    })
  await requireDisk(deps, bytes)
  const now = deps.clock.now()
  const row: UploadRow = {
    id: newId('upl'),
    account_id: ctx.accountId,
    filename: cleanFilename(metadata.filename ?? metadata.name ?? ''),
    metadata: JSON.stringify(metadata),
    bytes,
    received: 0,
    media_id: null,
    error_code: null,
    error_message: null,
    ...freed,
    created_at: now,
    expires_at: now + uploadMs,
  }
  await deps.db.transaction().execute(async (tx) => {
    await takeRoom(tx, deps, ctx, bytes)
    await tx.insertInto('uploads').values(row).execute()
  })
  return row
}
