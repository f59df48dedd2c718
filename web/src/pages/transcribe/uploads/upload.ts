import { type Sample, withSample } from '../time-left.ts'
import type { Wishes } from '../wishes.ts'

export type UploadState =
  /** Its turn has not come. */
  | 'waiting'
  | 'sending'
  /** By whoever watches it. */
  | 'paused'
  /** The network or the server is away; tried again by itself. */
  | 'cut'
  /** All is sent; the server looks at it and begins the transcription. */
  | 'ending'
  | 'failed'
  /** From before the page was loaded anew: the browser needs the file once more. */
  | 'left'

/** A file on its way to the server, where it becomes a transcription. */
export interface Upload {
  /** The same file of the same account has the same one, also after a reload. */
  id: string
  name: string
  bytes: number
  sent: number
  /** How long it plays; null: not known before the server has seen it. */
  seconds: number | null
  wishes: Wishes
  state: UploadState
  /** Why it failed, or is cut. */
  problem: string | undefined
  /** Once it is in the media library. */
  mediaId: string | undefined
  samples: readonly Sample[]
  /** Known from before a reload: the file itself is not at hand. */
  isRestored: boolean
}

/** More at once would leave no connection for the rest of the page: browsers have six. */
const MOST_AT_ONCE = 2

const isBusy = ({ state }: Upload): boolean => state === 'sending' || state === 'cut' || state === 'ending'

/** Whether leaving the page would stop it. */
export const isUnderWay = (upload: Upload): boolean => isBusy(upload) || upload.state === 'waiting'

/** Those whose turn it is. */
export const nextToSend = (uploads: readonly Upload[]): Upload[] =>
  uploads
    .filter(({ state }) => state === 'waiting')
    .slice(0, Math.max(0, MOST_AT_ONCE - uploads.filter(isBusy).length))

export const changed = (uploads: readonly Upload[], id: string, change: Partial<Upload>): Upload[] =>
  uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload))

/** @param now ms */
export const sentSoFar = (upload: Upload, sent: number, now: number): Partial<Upload> => ({
  state: 'sending',
  problem: undefined,
  sent,
  samples: withSample(upload.samples, { at: now, pct: percent({ ...upload, sent }) }),
})

/** 0 to 100 */
export const percent = ({ sent, bytes }: Pick<Upload, 'sent' | 'bytes'>): number =>
  bytes === 0 ? 0 : Math.min(100, (100 * sent) / bytes)

type FileFacts = Pick<File, 'name' | 'size' | 'lastModified'>

/** Not the address of anything: what a file is recognised by when it is chosen again. */
export const fingerprint = (accountId: string, { name, size, lastModified }: FileFacts): string =>
  `${ofAccount(accountId)}${lastModified}-${size}-${name}`

export const ofAccount = (accountId: string): string => `earshot-${accountId}-`
