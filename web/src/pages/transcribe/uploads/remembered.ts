/** The uploads that this browser has begun: they go on after the page was loaded anew. */
import type { UploadReply } from '../../../../../src/contract/native.ts'
import { ApiError, api } from '../../../api.ts'
import type { Wishes } from '../wishes.ts'
import { ofAccount, type Upload } from './upload.ts'

interface Kept {
  /** Its id on the server. */
  uploadId: string
  wishes: Wishes
}

const PREFIX = 'earshot-upload:'

/** @param id see `fingerprint` */
export function kept(id: string): Kept | undefined {
  const text = localStorage.getItem(PREFIX + id)
  return text === null ? undefined : (JSON.parse(text) as Kept)
}

/** Where the browser keeps nothing, it does not go on after a reload; that is no reason not to send it. */
export function keep(id: string, upload: Kept): void {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify(upload))
  } catch {}
}

export const forget = (id: string): void => localStorage.removeItem(PREFIX + id)

/** Here and on the server. */
export async function discard(id: string): Promise<void> {
  const upload = kept(id)
  forget(id)
  // Where it does not hear of it, it drops the pieces by itself after a while.
  if (upload) await api.delete(`/uploads/${upload.uploadId}`).catch(() => {})
}

/** Those of before, as the server has them now. */
export async function rememberedUploads(accountId: string): Promise<Upload[]> {
  const ids = Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX + ofAccount(accountId)))
    .map((key) => key.slice(PREFIX.length))
  const found = await Promise.all(
    ids.map(async (id) => {
      const { uploadId, wishes } = kept(id) as Kept
      const now = await atServer(uploadId)
      if (now === 'gone' || (now !== 'unknown' && now.state === 'failed')) forget(id)
      return now === 'gone' || now === 'unknown' ? undefined : restored(id, now, wishes)
    }),
  )
  return found.filter((upload) => upload !== undefined)
}

/** When the server's record of it began; undefined: there is none. @throws ApiError, ConnectionError */
export async function begunAt(id: string): Promise<string | undefined> {
  const upload = kept(id)
  return upload && (await api.get<UploadReply>(`/uploads/${upload.uploadId}`)).createdAt
}

async function atServer(uploadId: string): Promise<UploadReply | 'gone' | 'unknown'> {
  try {
    return await api.get<UploadReply>(`/uploads/${uploadId}`)
  } catch (error) {
    const isGone = error instanceof ApiError && (error.status === 404 || error.status === 410)
    return isGone ? 'gone' : 'unknown'
  }
}

const restored = (id: string, now: UploadReply, wishes: Wishes): Upload => ({
  id,
  name: now.filename,
  bytes: now.bytes,
  sent: now.received,
  seconds: null,
  wishes,
  state: now.state === 'failed' ? 'failed' : now.mediaId === null ? 'left' : 'ending',
  problem: now.error?.message,
  mediaId: now.mediaId ?? undefined,
  samples: [],
  isRestored: true,
})
