import { ApiError } from '../../../api.ts'
import { retryDelay, worthRetrying } from '../back-off.ts'
import { createTranscription, isTranscribed, renewTranscriptions } from '../data.ts'
import { begunAt } from './remembered.ts'
import type { Upload } from './upload.ts'

const TITLE_MAX = 300

/**
 * Has an arrived file transcribed, once: also when the answer is lost, or the page was left in between.
 * @throws ApiError where the server refuses
 */
export async function orderOnce(upload: Upload, mediaId: string, isRestored: boolean): Promise<void> {
  for (let failures = 0; ; failures++) {
    try {
      if ((failures > 0 || isRestored) && (await isOrdered(upload, mediaId))) break
      await createTranscription({ mediaId, title: upload.name.slice(0, TITLE_MAX), ...upload.wishes })
      break
    } catch (error) {
      if (!(error instanceof ApiError) || !worthRetrying(error.status)) throw error
      await new Promise((done) => setTimeout(done, retryDelay(failures + 1)))
    }
  }
  await renewTranscriptions()
}

async function isOrdered({ id }: Upload, mediaId: string): Promise<boolean> {
  const since = await begunAt(id)
  return since !== undefined && isTranscribed(mediaId, since)
}
