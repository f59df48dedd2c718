import { defaultOptions, Upload as TusUpload } from 'tus-js-client'
import type { UploadReply } from '../../../../../src/contract/native.ts'
import { ApiError, api } from '../../../api.ts'
import type { Wishes } from '../wishes.ts'
import { ofAccount, type Upload } from './upload.ts'

const { urlStorage } = defaultOptions
/** How tus keeps them: `tus::fingerprint::number`. */
const KEY = /^tus::(.*)::\d+$/s

/** The uploads that this browser began before the page was loaded anew, as the server has them now. */
export async function rememberedUploads(accountId: string): Promise<Upload[]> {
  const kept = await urlStorage.findAllUploads()
  const found = await Promise.all(
    kept.map(async ({ urlStorageKey, uploadUrl, metadata }) => {
      const id = KEY.exec(urlStorageKey)?.[1]
      if (!id?.startsWith(ofAccount(accountId))) return undefined
      const now = await atServer(idIn(uploadUrl))
      if (now === 'gone' || (now !== 'unknown' && now.state === 'failed'))
        await urlStorage.removeUpload(urlStorageKey)
      return now === 'gone' || now === 'unknown' ? undefined : restored(id, now, metadata)
    }),
  )
  return found.filter((upload) => upload !== undefined)
}

/** When the server's record of it began; undefined: there is none. @throws ApiError */
export async function begunAt(id: string): Promise<string | undefined> {
  const [kept] = await urlStorage.findUploadsByFingerprint(id)
  if (!kept) return undefined
  return (await api.get<UploadReply>(`/uploads/${idIn(kept.uploadUrl)}`)).createdAt
}

export async function forget(id: string): Promise<void> {
  for (const { urlStorageKey } of await urlStorage.findUploadsByFingerprint(id))
    await urlStorage.removeUpload(urlStorageKey)
}

/** Here and on the server. */
export async function discard(id: string): Promise<void> {
  const kept = await urlStorage.findUploadsByFingerprint(id)
  await forget(id)
  // Where it does not hear of it, it drops the pieces by itself after a while.
  for (const { uploadUrl } of kept) if (uploadUrl) await TusUpload.terminate(uploadUrl).catch(() => {})
}

const idIn = (uploadUrl: string | null): string => uploadUrl?.split('/').at(-1) ?? ''

async function atServer(uploadId: string): Promise<UploadReply | 'gone' | 'unknown'> {
  try {
    return await api.get<UploadReply>(`/uploads/${uploadId}`)
  } catch (error) {
    const isGone = error instanceof ApiError && (error.status === 404 || error.status === 410)
    return isGone ? 'gone' : 'unknown'
  }
}

function restored(id: string, now: UploadReply, metadata: Record<string, string>): Upload {
  return {
    id,
    name: now.filename,
    bytes: now.bytes,
    sent: now.received,
    seconds: null,
    wishes: JSON.parse(metadata.wishes ?? '{}') as Wishes,
    state: now.state === 'failed' ? 'failed' : now.mediaId === null ? 'left' : 'ending',
    problem: now.error?.message,
    mediaId: now.mediaId ?? undefined,
    samples: [],
    isRestored: true,
  }
}
