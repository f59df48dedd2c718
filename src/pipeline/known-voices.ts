import type { Wishes } from '../contract/wishes.ts'
import { getMedia } from '../domain/media/get.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import type { PipelineDeps } from './context.ts'
import type { KnownVoice } from './file-work.ts'

/** The files of known voices, on this machine until `release`. @throws DomainError `resource.not_found`: one was removed */
export async function knownVoices(
  deps: PipelineDeps,
  { account_id }: TranscriptionRow,
  speakers: NonNullable<Wishes['knownSpeakers']>,
): Promise<{ voices: KnownVoice[]; release(): Promise<void> }> {
  const files: { path: string; release(): Promise<void> }[] = []
  const release = async (): Promise<void> => {
    for (const file of files) await file.release()
  }
  const voices: KnownVoice[] = []
  try {
    for (const { name, mediaId } of speakers) {
      const { storage_key } = await getMedia(deps, account_id, mediaId)
      const file = await deps.media.local(storage_key)
      files.push(file)
      voices.push({ name, path: file.path })
    }
    return { voices, release }
  } catch (cause) {
    await release()
    throw cause
  }
}
