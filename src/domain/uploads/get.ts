import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import type { UploadRow } from './tables.ts'

/** @throws DomainError `resource.not_found`, also where it is another account's */
export async function getUpload({ db }: Pick<Deps, 'db'>, ctx: Ctx, id: string): Promise<UploadRow> {
  requireScope(ctx, 'media')
  const row = await db
    .selectFrom('uploads')
    .selectAll()
    .where('id', '=', id)
    .where('account_id', '=', ctx.accountId)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no upload ${id}.`, { uploadId: id })
  return row
}

/** All of it is here. */
export const isComplete = ({ received, bytes }: UploadRow): boolean => received === bytes

/**
 * Refuses what cannot be gone on with.
 * @throws DomainError `upload.gone`
 */
export function requireAlive(row: UploadRow, now: number): UploadRow {
  if (row.error_code !== null)
    throw new DomainError('upload.gone', row.error_message ?? 'The upload could not be used.', {
      uploadId: row.id,
      cause: row.error_code,
    })
  if (row.media_id === null && row.expires_at <= now)
    throw new DomainError('upload.gone', 'The upload has expired. Begin it anew.', { uploadId: row.id })
  return row
}
