import type { Readable } from 'node:stream'

/** Bytes by key. Keys are made by Earshot (`media/<account>/<id>`), never taken from a user. */
export interface MediaStore {
  /** Streams to storage; nothing is visible under `key` before it is whole and durable. */
  put(key: string, body: Readable, signal?: AbortSignal): Promise<{ bytes: number; sha256: string }>
  /** @throws MediaMissing, StorageAway */
  open(key: string, range?: { start: number; end: number }): Promise<Readable>
  /** A path that ffmpeg can read. Call `release` when done (a remote store deletes its copy then). */
  local(key: string, signal?: AbortSignal): Promise<{ path: string; release(): Promise<void> }>
  /** No error when there is nothing under `key`. */
  remove(key: string): Promise<void>
  /** Bytes that there is room for; undefined where nobody can say. */
  free(): Promise<number | undefined>
  /** The same for all processes that see the same bytes. */
  id(): Promise<string>
  /** Resolves when the store can be written to. */
  probe(): Promise<void>
  /** Removes what processes that died have left of what was never whole. */
  tidy(now: number): Promise<void>
}

/** The store cannot be reached, or does not answer in time. Nothing is wrong with what was asked of it. */
export class StorageAway extends Error {
  constructor(cause: unknown) {
    super(`the media storage is away: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'StorageAway'
  }
}

export class MediaMissing extends Error {
  constructor(key: string) {
    super(`nothing is stored under ${key}`)
    this.name = 'MediaMissing'
  }
}
