/** A client of Soku's API as the tests use it: upload, transcribe. */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { MediaReply, TranscribeReply } from '../../src/contract/soku.ts'

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

async function answer<T>(response: Response): Promise<Answer<T>> {
  return { status: response.status, headers: response.headers, body: (await response.json()) as T }
}

export const upload = (
  origin: string,
  apiKey: string,
  file: Uint8Array<ArrayBuffer>,
  filename = 'audio.wav',
): Promise<Answer<MediaReply>> => uploadBlob(origin, apiKey, new Blob([file]), filename)

/** Uploads from disk, without having the file in memory. */
export const uploadFile = async (origin: string, apiKey: string, path: string): Promise<Answer<MediaReply>> =>
  uploadBlob(origin, apiKey, await openAsBlob(path), basename(path))

async function uploadBlob(
  origin: string,
  apiKey: string,
  file: Blob,
  filename: string,
): Promise<Answer<MediaReply>> {
  const form = new FormData()
  form.append('file', file, filename)
  return answer(
    await fetch(`${origin}/v1/media`, { method: 'POST', headers: { 'soku-api-key': apiKey }, body: form }),
  )
}

export async function transcribe(
  origin: string,
  apiKey: string,
  body: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<Answer<TranscribeReply>> {
  return answer(
    await fetch(`${origin}/v1/ai/transcribe`, {
      method: 'POST',
      headers: { 'soku-api-key': apiKey, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  )
}
