import { type DetailedError, Upload as TusUpload } from 'tus-js-client'
import { api, inWords } from '../../../api.ts'
import { translator } from '../../../i18n/catalogue.ts'
import { retryDelay, worthRetrying } from '../back-off.ts'
import type { Wishes } from '../wishes.ts'
import { forget } from './remembered.ts'

/** A piece that a proxy takes and that is sent again at most. */
const PIECE_BYTES = 32 * 1024 * 1024

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
 * Sends a file by tus, and goes on where an earlier try stopped, this page's or one before it. Returns what
 * stops it; the server keeps what it has.
 */
export function startSending({ id, file, wishes }: Parcel, tell: Told): () => void {
  const t = translator('jobs')
  const endpoint = new URL(api.url('/uploads'), window.location.href).href
  let failures = 0
  let stopped = false
  let cancelRetry = () => {}

  const upload = new TusUpload(file, {
    endpoint,
    chunkSize: PIECE_BYTES,
    // Its own retries give up where the browser is offline.
    retryDelays: null,
    removeFingerprintOnSuccess: false,
    fingerprint: async () => id,
    metadata: { filename: file.name, filetype: file.type, wishes: JSON.stringify(wishes) },
    // With an endpoint it would begin anew whenever the server cannot say how far it was.
    onUploadUrlAvailable: () => keepTo(null),
    onChunkComplete: () => {
      failures = 0
    },
    onProgress: (sent) => tell.sent(sent),
    onSuccess: ({ lastResponse }) => {
      quiet()
      const mediaId = lastResponse.getHeader('Earshot-Media-Id')
      if (mediaId) tell.arrived(mediaId)
      else tell.failed(t('upload.noReply'))
    },
    onError,
  })

  function keepTo(address: string | null): void {
    upload.options.endpoint = address
  }

  function onError(error: Error | DetailedError): void {
    const response = 'originalResponse' in error ? error.originalResponse : null
    const status = response?.getStatus()
    const isForgotten = upload.url !== null && (status === 404 || status === 410)
    if (isForgotten) {
      upload.url = null
      keepTo(endpoint)
      upload.start()
    } else if (worthRetrying(status)) retryLater(problemIn(response?.getBody()))
    else {
      quiet()
      // Another try begins anew, unless it is only the login that has ended.
      if (status !== 401) void forget(id)
      void wordsIn(response?.getBody()).then((words) =>
        tell.failed(words ?? translator('shell')('trouble.status', { status: String(status) })),
      )
    }
  }

  function retryLater(problem?: string): void {
    failures++
    tell.cut(problem)
    cancelRetry()
    cancelRetry = soon(retryDelay(failures), () => upload.start())
  }

  /** A dead network does not say so: the request would wait for minutes. */
  function onOffline(): void {
    void upload.abort()
    retryLater()
  }

  function quiet(): void {
    stopped = true
    cancelRetry()
    window.removeEventListener('offline', onOffline)
  }

  async function begin(): Promise<void> {
    const [earlier] = await upload.findPreviousUploads()
    if (stopped) return
    if (earlier) {
      upload.resumeFromPreviousUpload(earlier)
      keepTo(null)
    }
    window.addEventListener('offline', onOffline)
    upload.start()
  }
  void begin()

  return () => {
    quiet()
    void upload.abort()
  }
}

/** After a while, or as soon as the browser is online again. Returns what prevents it. */
function soon(ms: number, go: () => void): () => void {
  const cancel = (): void => {
    clearTimeout(timer)
    window.removeEventListener('online', now)
  }
  const now = (): void => {
    cancel()
    go()
  }
  const timer = setTimeout(now, ms)
  window.addEventListener('online', now)
  return cancel
}

/** As the server says it: what is tried again anyway does not wait for words to be fetched. */
const problemIn = (body: string | undefined): string | undefined => errorIn(body)?.message

async function wordsIn(body: string | undefined): Promise<string | undefined> {
  const error = errorIn(body)
  return error && inWords(error.details?.reasonCode ?? '', error.message)
}

function errorIn(
  body: string | undefined,
): { message: string; details?: { reasonCode?: string } } | undefined {
  try {
    return (JSON.parse(body ?? '') as { error?: { message: string } }).error
  } catch {
    return undefined
  }
}
