import { uploading } from '../../../../../src/client/upload.ts'
import { ApiError, patient, worded } from '../../../api.ts'
import type { Wishes } from '../wishes.ts'
import { forget, keep, kept } from './remembered.ts'

interface Parcel {
  /** See `fingerprint`. */
  id: string
  file: File
  wishes: Wishes
}

interface Told {
  /** @param bytes in all, with those of earlier tries */
  sent(bytes: number): void
  /** Nothing goes through; the next try comes by itself. @param problem the server's words, if it answered */
  cut(problem?: string): void
  arrived(mediaId: string): void
  failed(problem: string): void
}

/**
 * Sends a file, and goes on where an earlier try stopped, this page's or one before it. Returns what stops it; the server
 * keeps what it has.
 */
export function startSending(parcel: Parcel, tell: Told): () => void {
  const stop = new AbortController()
  worded(sent(parcel, tell, stop.signal)).then(tell.arrived, (error: Error) => {
    if (stop.signal.aborted) return
    // Another try begins anew, unless it is only the login that has ended, or the server that has no room.
    if (!(error instanceof ApiError) || (error.status !== 401 && error.status < 500)) forget(parcel.id)
    tell.failed(error.message)
  })
  return () => stop.abort()
}

async function sent({ id, file, wishes }: Parcel, tell: Told, signal: AbortSignal): Promise<string> {
  const pieces = uploading(patient, file, {
    uploadId: kept(id)?.uploadId,
    signal,
    onInterrupted: (error) => tell.cut(error instanceof ApiError ? error.message : undefined),
  })
  for (;;) {
    const { done, value } = await pieces.next()
    if (done) return value
    if (kept(id)?.uploadId !== value.uploadId) keep(id, { uploadId: value.uploadId, wishes })
    tell.sent(value.sent)
  }
}
