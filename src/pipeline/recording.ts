import type { DomainError } from '../domain/errors.ts'
import { getMedia } from '../domain/media/get.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { MediaMissing } from '../ports/media-store.ts'
import type { PipelineDeps } from './context.ts'

/** The stored recording of a transcription, on this machine. @throws what `missing` makes, where it was removed meanwhile */
export async function localRecording(
  deps: PipelineDeps,
  transcription: TranscriptionRow,
  missing: (transcription: TranscriptionRow) => DomainError,
  signal: AbortSignal,
): Promise<{ path: string; release(): Promise<void> }> {
  try {
    const { account_id: accountId, media_id: mediaId } = transcription
    const { storage_key: key } = await getMedia(deps, accountId, mediaId ?? '')
    return await deps.media.local(key, signal)
  } catch (cause) {
    if (cause instanceof MediaMissing || (cause as DomainError).code === 'resource.not_found')
      throw missing(transcription)
    throw cause
  }
}

/** Which of its sound tracks was heard; 1 is the first. Undefined: nobody knows. */
export const heardTrack = ({ sound }: TranscriptionRow): number | undefined =>
  (JSON.parse(sound ?? '{}') as { track?: number }).track
