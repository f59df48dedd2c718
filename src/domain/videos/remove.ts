import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { requireScope } from '../keys/authenticate.ts'
import { removeStray } from '../media/strays.ts'
import { getTranscription } from '../transcriptions/get.ts'
import type { VideoRow } from './tables.ts'

/**
 * Cancels the video that is being made of a transcription, or removes it. A worker that makes it finds its claim gone.
 * @throws DomainError `resource.not_found`
 */
export async function removeVideo(
  deps: Pick<Deps, 'db' | 'media'>,
  ctx: Ctx,
  transcriptionId: string,
): Promise<void> {
  requireScope(ctx, 'transcribe')
  await getTranscription(deps, ctx.accountId, transcriptionId)
  const gone = await deps.db
    .deleteFrom('videos')
    .where('transcription_id', '=', transcriptionId)
    .returningAll()
    .executeTakeFirst()
  if (!gone) throw noVideo()
  await removeFileOf(deps, gone)
}

export const noVideo = (): DomainError =>
  new DomainError('resource.not_found', 'There is no video of this transcription.')

/** At once, of a row that is gone; where that fails, the sweep finds the file. */
export async function removeFileOf(
  deps: Pick<Deps, 'db' | 'media'>,
  row: Pick<VideoRow, 'storage_key'> | undefined,
): Promise<void> {
  if (row?.storage_key) await removeStray(deps, row.storage_key).catch(() => {})
}

/** Of transcriptions that are about to be deleted, and of which nobody shall have anything any more. */
export async function dropVideos(
  deps: Pick<Deps, 'db' | 'media'>,
  transcriptionIds: readonly string[],
): Promise<void> {
  const gone = await deps.db
    .deleteFrom('videos')
    .where('transcription_id', 'in', transcriptionIds)
    .returning('storage_key')
    .execute()
  for (const row of gone) await removeFileOf(deps, row)
}
