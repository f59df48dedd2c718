/** A platform's file in the job's folder, read while it grows. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { TranscriptionRow } from '../domain/tables.ts'
import { describeSource, discardParts, reportProgress } from '../domain/transcriptions/progress.ts'
import type { FetchLimits, MediaLink, ProbedMedia } from '../ports/fetcher.ts'
import type { Job, PipelineDeps } from './context.ts'
import { readGrowing } from './growing-file.ts'
import type { GrowingFile } from './transcribe-file.ts'

/** Of the whole way, what the download may fill. */
export const DOWNLOAD_PCT = 30

const PROGRESS_STEP_MS = 500

export type Downloaded =
  | {
      kind: 'file'
      /** A local file that ffmpeg can read. */
      path: string
      release(): Promise<void>
    }
  /** The download goes on; `release` ends it. */
  | ({ kind: 'growing'; release(): Promise<void> } & GrowingFile)

export interface Wanted {
  link: MediaLink
  probed: ProbedMedia
  /** This attempt's folder. */
  dir: string
  limits: FetchLimits
}

/**
 * Begins the download. Its end is waited for only where an earlier attempt had it whole: parts of that attempt
 * count again if the bytes are the same.
 */
export async function download(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
  wanted: Wanted,
): Promise<Downloaded> {
  const stop = new AbortController()
  const signal = AbortSignal.any([job.signal, stop.signal])
  const { growing, whole } = begin(deps, job, row, wanted, signal)
  const inWhole = async (): Promise<Downloaded> => ({
    kind: 'file',
    path: await whole,
    release: async () => {},
  })
  if (row.source_sha256 !== null) return inWhole()
  // Parts of bytes that nobody knows any more.
  await discardParts(deps, row.id, job.token)
  const file = await open(await Promise.race([growing, whole])).catch(() => undefined)
  if (!file) return inWhole()
  return {
    kind: 'growing',
    bytes: readGrowing(file, whole, signal),
    whole,
    expectedSeconds: wanted.probed.duration ?? 0,
    async release() {
      stop.abort(new Error('left'))
      await whole.catch(() => {})
      await file.close()
    },
  }
}

function begin(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
  { link, probed, dir, limits }: Wanted,
  signal: AbortSignal,
): { growing: Promise<string>; whole: Promise<string> } {
  const report = throttledProgress(deps, job)
  let begun: (path: string) => void = () => {}
  const growing = new Promise<string>((resolve) => {
    begun = resolve
  })
  const onProgress = ({ fraction, path }: { fraction: number | null; path: string | null }): void => {
    report(fraction)
    if (path !== null) begun(path)
  }
  const whole = deps.fetcher.fetch(link, probed, dir, limits, onProgress, signal).then(async (fetched) => {
    const path = join(dir, DOWNLOADED)
    await rename(fetched.path, path)
    await writeFile(join(dir, COMPLETE), 'complete')
    return adopt(deps, job, row, path)
  })
  whole.catch(() => {}) // whoever reads the bytes hears of it
  return { growing, whole }
}

/** A platform may serve other bytes the second time; parts of the first do not fit them. Gives the path back. */
export async function adopt(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
  path: string,
): Promise<string> {
  const sha256 = await hashFile(path, job.signal)
  if (row.source_sha256 !== null && row.source_sha256 !== sha256) await discardParts(deps, row.id, job.token)
  await describeSource(deps, row.id, job.token, { sha256 })
  return path
}

const DOWNLOADED = 'downloaded'
/** Written when the download is whole, so that a restart need not fetch it again. */
const COMPLETE = 'complete'

export async function keptDownload(dir: string): Promise<string | undefined> {
  const whole = await readFile(join(dir, COMPLETE)).catch(() => undefined)
  return whole && join(dir, DOWNLOADED)
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal })
  return hash.digest('hex')
}

function throttledProgress(deps: PipelineDeps, job: Job): (fraction: number | null) => void {
  let last = Number.NEGATIVE_INFINITY
  return (fraction) => {
    const now = Date.now()
    if (fraction === null || now - last < PROGRESS_STEP_MS) return
    last = now
    const pct = Math.max(1, fraction * DOWNLOAD_PCT)
    reportProgress(deps, job.id, job.token, { stage: 'downloading', pct }).catch((error: unknown) =>
      deps.logger.warn({ err: error }, 'progress could not be stored'),
    )
  }
}
