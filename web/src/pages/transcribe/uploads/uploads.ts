/** The files that are on their way. They go on while one looks at other pages, and are known after a reload. */
import { useEffect, useSyncExternalStore } from 'react'
import { useSession } from '../../../session.ts'
import type { Wishes } from '../wishes.ts'
import { discard, forget, rememberedUploads } from './remembered.ts'
import { send } from './send.ts'
import { changed, fingerprint, isUnderWay, nextToSend, sentSoFar, type Upload } from './upload.ts'

let account = ''
let uploads: readonly Upload[] = []
const files = new Map<string, File>()
/** What stops each that is being sent. */
const senders = new Map<string, () => void>()
const listeners = new Set<() => void>()

/** Those of the account that is logged in, the first chosen first. */
export function useUploads(): readonly Upload[] {
  const { id } = useSession().account
  useEffect(() => void open(id), [id])
  return useSyncExternalStore(subscribe, () => uploads)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

async function open(accountId: string): Promise<void> {
  if (account !== accountId) {
    for (const stop of senders.values()) stop()
    senders.clear()
    files.clear()
    account = accountId
    replace([])
  }
  const remembered = await rememberedUploads(accountId)
  const fresh = remembered.filter(({ id }) => account === accountId && !find(id))
  replace([...uploads, ...fresh])
  for (const { id, state, mediaId } of fresh) if (state === 'ending' && mediaId) void order(id, mediaId, true)
}

interface ToSend {
  file: File
  /** Seconds; null: not known. */
  length?: number | null | undefined
}

/** Those that were begun earlier go on with the wishes they had then. */
export function addFiles(chosen: readonly ToSend[], wishes: Wishes): void {
  for (const { file, length = null } of chosen) {
    const id = fingerprint(account, file)
    const known = find(id)
    if (known && isUnderWay(known)) continue
    files.set(id, file)
    if (known) patch(id, { state: 'waiting', problem: undefined, isRestored: false })
    else replace([...uploads, newUpload(id, file, length, wishes)])
  }
  pump()
}

const newUpload = (id: string, { name, size }: File, seconds: number | null, wishes: Wishes): Upload => ({
  id,
  name,
  bytes: size,
  sent: 0,
  seconds,
  wishes,
  state: 'waiting',
  problem: undefined,
  mediaId: undefined,
  samples: [],
  isRestored: false,
})

/** Whether it began before the page was loaded anew, and waits for its file. */
export const isAwaited = (file: File): boolean => find(fingerprint(account, file))?.state === 'left'

export function pause(id: string): void {
  senders.get(id)?.()
  senders.delete(id)
  patch(id, { state: 'paused', samples: [] })
  pump()
}

/** Goes on after a pause, or tries again after a failure. */
export function resume(id: string): void {
  const upload = find(id)
  if (upload?.mediaId) void order(id, upload.mediaId, true)
  else patch(id, { state: 'waiting', problem: undefined })
  pump()
}

/** Forgets it, here and on the server. */
export async function remove(id: string): Promise<void> {
  senders.get(id)?.()
  drop(id)
  pump()
  await discard(id)
}

function pump(): void {
  for (const { id, wishes } of nextToSend(uploads)) {
    const file = files.get(id)
    if (!file) continue
    patch(id, { state: 'sending', samples: [] })
    senders.set(id, send({ id, file, wishes }, listenerFor(id)))
  }
}

const listenerFor = (id: string): Parameters<typeof send>[1] => ({
  sent(bytes) {
    const upload = find(id)
    if (upload) patch(id, sentSoFar(upload, bytes, Date.now()))
  },
  cut: (problem) => patch(id, { state: 'cut', problem, samples: [] }),
  arrived: (mediaId) => void order(id, mediaId, false),
  failed: (problem) => fail(id, problem),
})

async function order(id: string, mediaId: string, isRestored: boolean): Promise<void> {
  patch(id, { state: 'ending', mediaId, problem: undefined })
  const upload = find(id)
  if (!upload) return
  try {
    const { orderOnce } = await import('./order.ts')
    await orderOnce(upload, mediaId, isRestored)
    // First the recording, if it was one: else a page that is closed in between would offer it once more.
    const { forgetUploaded } = await import('../recorder/uploaded.ts')
    await forgetUploaded(account, id)
    forget(id)
    drop(id)
    pump()
  } catch (error) {
    fail(id, error instanceof Error ? error.message : String(error))
  }
}

function fail(id: string, problem: string): void {
  senders.delete(id)
  patch(id, { state: 'failed', problem })
  pump()
}

function drop(id: string): void {
  senders.delete(id)
  files.delete(id)
  replace(uploads.filter((upload) => upload.id !== id))
}

const find = (id: string): Upload | undefined => uploads.find((upload) => upload.id === id)

const patch = (id: string, change: Partial<Upload>): void => replace(changed(uploads, id, change))

function replace(now: readonly Upload[]): void {
  uploads = now
  window.onbeforeunload = now.some(isUnderWay) ? (event) => event.preventDefault() : null
  for (const listener of listeners) listener()
}
