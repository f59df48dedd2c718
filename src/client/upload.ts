/** Files in pieces, by tus 1.0: what breaks off goes on where the server stands. */
import type { UploadReply } from '../contract/native.ts'
import { ApiError, ConnectionError, EarshotError } from './errors.ts'
import { type Http, isPassing, type RequestOptions } from './http.ts'

export interface UploadProgress {
  /** With it `upload` goes on another time. */
  uploadId: string
  /** Bytes that the server has. */
  sent: number
  total: number
}

export interface UploadOptions extends RequestOptions {
  /** Default: the file's own. */
  filename?: string | undefined
  /** Of an earlier try with the same file. */
  uploadId?: string | undefined
  onProgress?: ((progress: UploadProgress) => void) | undefined
  /** Nothing gets through for now: the next try comes by itself. */
  onInterrupted?: ((error: EarshotError) => void) | undefined
}

/** Pieces grow while they go quickly, so that the progress shows on a slow line and a fast one is not held up. */
const PIECE = { first: 512 * 1024, least: 256 * 1024, most: 16 * 1024 * 1024, quickMs: 1000, slowMs: 8000 }
const PIECE_TIMEOUT_MS = 600_000
const TUS = { 'tus-resumable': '1.0.0' }
const CONFLICT = 409

/** @returns the id of the file in the media library */
export async function* uploading(
  http: Http,
  file: Blob,
  { filename, uploadId, onInterrupted, signal }: UploadOptions,
): AsyncGenerator<UploadProgress, string> {
  const total = file.size
  let id = uploadId
  /** What the server has; undefined: not known. */
  let sent: number | undefined
  let pieceBytes = PIECE.first
  let failures = 0
  for (;;) {
    try {
      if (id === undefined) {
        id = await begin(http, file, filename, signal)
        sent = 0
      }
      let mediaId: string | null = null
      if (sent === undefined)
        ({ sent, mediaId } = await http.once('HEAD', `/uploads/${id}`, { headers: TUS, signal }, stand))
      if (mediaId === null && sent < total) {
        yield { uploadId: id, sent, total }
        const began = Date.now()
        const piece = {
          headers: {
            ...TUS,
            'upload-offset': String(sent),
            'content-type': 'application/offset+octet-stream',
          },
          body: file.slice(sent, sent + pieceBytes),
          signal,
          timeoutMs: PIECE_TIMEOUT_MS,
        }
        ;({ sent, mediaId } = await http.once('PATCH', `/uploads/${id}`, piece, stand))
        failures = 0
        const took = Date.now() - began
        if (took < PIECE.quickMs) pieceBytes = Math.min(PIECE.most, pieceBytes * 2)
        else if (took > PIECE.slowMs) pieceBytes = Math.max(PIECE.least, pieceBytes / 2)
      }
      if (mediaId === null && sent >= total) mediaId = await finished(http, id, signal)
      if (mediaId !== null) {
        yield { uploadId: id, sent: total, total }
        return mediaId
      }
    } catch (error) {
      sent = undefined
      failures++
      const isForgotten = id !== undefined && isGone(error)
      if (isForgotten) id = undefined
      // The server has forgotten an earlier try: it begins anew, the first time at once.
      if (isForgotten && failures === 1) continue
      const passing = isForgotten || isConflict(error) ? new ConnectionError(String(error)) : error
      if (isPassing(passing)) onInterrupted?.(passing)
      await http.rest(passing, failures, signal)
    }
  }
}

async function begin(
  http: Http,
  file: Blob & { name?: string },
  filename: string | undefined,
  signal: AbortSignal | undefined,
): Promise<string> {
  const name = filename ?? file.name ?? 'recording'
  const upload = {
    headers: {
      ...TUS,
      'upload-length': String(file.size),
      'upload-metadata': `filename ${base64(new TextEncoder().encode(name))}`,
    },
    signal,
  }
  const location = await http.once('POST', '/uploads', upload, ({ headers }) => headers.get('location'))
  const id = location?.split('/').pop()
  if (!id) throw new ConnectionError('The server did not say where the file is to go.')
  return id
}

/** Where an upload stands, as its answers say. */
function stand({ headers }: Response): { sent: number; mediaId: string | null } {
  const offset = headers.get('upload-offset')
  if (offset === null) throw new EarshotError('The server does not say where the upload stands.')
  return { sent: Number(offset), mediaId: headers.get('earshot-media-id') }
}

/** What the file became, where a proxy or a browser keeps the header back. */
async function finished(http: Http, id: string, signal: AbortSignal | undefined): Promise<string> {
  const { mediaId, error } = await http.json<UploadReply>('GET', `/uploads/${id}`, { signal })
  if (mediaId !== null) return mediaId
  throw new EarshotError(error?.message ?? 'The server did not say what became of the file.')
}

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

const isGone = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 404 || error.status === 410)

/** An answer was lost, or an earlier request is not dead yet: where the upload stands is asked again. */
const isConflict = (error: unknown): boolean => error instanceof ApiError && error.status === CONFLICT
