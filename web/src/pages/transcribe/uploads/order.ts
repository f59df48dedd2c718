import type { CreateTranscriptionBody } from '../../../../../src/contract/native.ts'
import { patient, worded } from '../../../api.ts'
import { randomId } from '../../../random-id.ts'
import { isTranscribed, renewTranscriptions } from '../data.ts'
import { begunAt, kept } from './remembered.ts'
import type { Upload } from './upload.ts'

const TITLE_MAX = 300

/**
 * Has an arrived file transcribed, once: also when the answer is lost, or the page was left in between.
 * @throws ApiError where the server refuses
 */
export async function orderOnce(upload: Upload, mediaId: string, isRestored: boolean): Promise<void> {
  if (!(isRestored && (await isOrdered(upload, mediaId)))) {
    const body: CreateTranscriptionBody = {
      mediaId,
      title: upload.name.slice(0, TITLE_MAX),
      ...upload.wishes,
    }
    // The same after a reload.
    const idempotencyKey = `order-${kept(upload.id)?.uploadId ?? randomId()}`
    await worded(patient.begin('/transcriptions', body, { idempotencyKey }))
  }
  await renewTranscriptions()
}

/** The server remembers a key for a day; an upload may have waited for longer. */
async function isOrdered({ id }: Upload, mediaId: string): Promise<boolean> {
  const since = await begunAt(id)
  return since !== undefined && isTranscribed(mediaId, since)
}
