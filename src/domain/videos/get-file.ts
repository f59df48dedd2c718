import type { Ctx, Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { getTranscription } from '../transcriptions/get.ts'
import { noVideo } from './remove.ts'

export interface VideoFile {
  storage_key: string
  bytes: number
  sha256: string
  /** Of the transcription; null: it has none. */
  title: string | null
}

/** The finished video of a transcription. @throws DomainError `resource.not_found`; what it failed with */
export async function getVideoFile(
  deps: Pick<Deps, 'db'>,
  ctx: Ctx,
  transcriptionId: string,
): Promise<VideoFile> {
  const { title } = await getTranscription(deps, ctx.accountId, transcriptionId)
  const row = await deps.db
    .selectFrom('videos')
    .select(['state', 'storage_key', 'bytes', 'sha256'])
    .where('transcription_id', '=', transcriptionId)
    .executeTakeFirst()
  if (!row) throw noVideo()
  const { state, storage_key, bytes, sha256 } = row
  if (storage_key === null || bytes === null || sha256 === null)
    throw new DomainError('resource.not_found', `The video of this transcription is ${state}.`, { state })
  return { storage_key, bytes, sha256, title }
}
