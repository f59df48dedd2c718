import { queryClient } from '../../../query-client.ts'
import { ofAccount } from '../uploads/upload.ts'
import { allRecordings, RECORDINGS, type Recording, removeRecording } from './store.ts'

/** Whatever its size: what found no room in the browser’s store was sent, too. */
export const isUploadOf = (
  accountId: string,
  { startedAt, name }: Pick<Recording, 'startedAt' | 'name'>,
  uploadId: string,
): boolean => uploadId.startsWith(`${ofAccount(accountId)}${startedAt}-`) && uploadId.endsWith(`-${name}`)

/** The server has it, and its transcription has begun. @param uploadId of any file */
export async function forgetUploaded(accountId: string, uploadId: string): Promise<void> {
  const found = (await allRecordings()).find((each) => isUploadOf(accountId, each, uploadId))
  if (!found) return
  await removeRecording(found.id)
  await queryClient.invalidateQueries({ queryKey: RECORDINGS })
}
