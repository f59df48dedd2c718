import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getMedia } from '../domain/media/get.ts'
import { importMedia } from '../domain/media/import.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { describeSource, reportProgress } from '../domain/transcriptions/progress.ts'
import {
  type CaptionSegment,
  type CaptionTrack,
  FetchError,
  type FetchLimits,
  type MediaLink,
  type Platform,
} from '../ports/fetcher.ts'
import type { Job, PipelineDeps } from './context.ts'
import { adopt, type Downloaded, download, keptDownload } from './download.ts'
import { wantedTrack } from './wanted-track.ts'

const FETCH_TIMEOUT_MS = 3_600_000

export type Acquired =
  | Downloaded
  | { kind: 'captions'; track: CaptionTrack; segments: CaptionSegment[]; durationSeconds: number }

/** Gets the recording onto this machine, from the media store or from its platform; or the platform's captions. */
export async function acquire(deps: PipelineDeps, job: Job, row: TranscriptionRow): Promise<Acquired> {
  if (row.media_id !== null) {
    const media = await getMedia(deps, row.account_id, row.media_id)
    return { kind: 'file', ...(await deps.media.local(media.storage_key, job.signal)) }
  }
  return row.link_platform === null ? fromAnywhere(deps, job, row) : fromPlatform(deps, job, row)
}

/** Into the media library first: it is measured there, played from there, and a restart finds it there. */
async function fromAnywhere(deps: PipelineDeps, job: Job, row: TranscriptionRow): Promise<Acquired> {
  await mayDownload(job)
  await reportProgress(deps, job.id, job.token, { stage: 'downloading', pct: 0 })
  const ctx = { accountId: row.account_id, keyId: row.key_id, scopes: ['media'] as const, requestId: job.id }
  const { media, filename } = await importMedia(deps, ctx, { url: row.link_url ?? '' }, job.signal)
  await describeSource(deps, row.id, job.token, {
    title: filename,
    durationMs: media.duration_ms,
    mediaId: media.id,
  })
  job.place.downloaded()
  return { kind: 'file', ...(await deps.media.local(media.storage_key, job.signal)) }
}

async function fromPlatform(deps: PipelineDeps, job: Job, row: TranscriptionRow): Promise<Acquired> {
  const dir = await openFolder(deps, job)
  const kept = await keptDownload(dir)
  if (kept) {
    job.place.downloaded()
    return { kind: 'file', path: await adopt(deps, job, row, kept), release: async () => {} }
  }
  await mayDownload(job)
  await reportProgress(deps, job.id, job.token, { stage: 'downloading', pct: 1 })
  const link: MediaLink = {
    platform: row.link_platform as Platform,
    id: row.link_id!,
    canonicalUrl: row.link_url!,
  }
  const probed = await deps.fetcher.probe(link, dir, limits(deps), job.signal)
  await describeSource(deps, row.id, job.token, {
    title: probed.title,
    ...(probed.duration !== null && { durationMs: Math.round(probed.duration * 1000) }),
  })
  const track = wantedTrack(row, probed)
  const segments =
    track && (await captionsOf(deps, row, () => deps.fetcher.captions(link, probed, track, dir, job.signal)))
  if (segments)
    return {
      kind: 'captions',
      track,
      segments,
      durationSeconds: probed.duration ?? segments.at(-1)?.end ?? 0,
    }
  return download(deps, job, row, { link, probed, dir, limits: limits(deps) })
}

/** At once, but where it has to be downloaded again: its first place went to others. @throws Drained */
const mayDownload = ({ place, signal, draining }: Job): Promise<void> =>
  place.download(AbortSignal.any([signal, draining]))

/** In mode `auto` captions are a short cut: where their file cannot be had, the sound still can. */
async function captionsOf(
  { logger }: PipelineDeps,
  { mode }: TranscriptionRow,
  load: () => Promise<CaptionSegment[]>,
): Promise<CaptionSegment[] | undefined> {
  try {
    return await load()
  } catch (error) {
    if (mode !== 'auto' || !(error instanceof FetchError)) throw error
    logger.warn({ code: error.code }, 'the captions cannot be had; listening instead')
    return undefined
  }
}

const limits = ({ policy }: PipelineDeps): FetchLimits => ({
  maxSeconds: policy.maxMediaSeconds,
  maxBytes: policy.maxUploadBytes,
  timeoutMs: FETCH_TIMEOUT_MS,
})

type WorkDir = Pick<PipelineDeps, 'workDir'>

const jobFolder = ({ workDir }: WorkDir, id: string): string => join(workDir, id)
const attemptFolder = (deps: WorkDir, { id, token }: Pick<Job, 'id' | 'token'>): string =>
  join(jobFolder(deps, id), token)

/**
 * Each attempt has a folder of its own: one whose claim is gone may not know it yet, and its yt-dlp goes on writing.
 * What an earlier one had downloaded whole is taken over.
 */
async function openFolder(deps: WorkDir, job: Job): Promise<string> {
  const all = jobFolder(deps, job.id)
  const own = attemptFolder(deps, job)
  await mkdir(all, { recursive: true })
  let found = false
  for (const name of await readdir(all)) {
    const earlier = join(all, name)
    if (!found && (await keptDownload(earlier))) {
      await rename(earlier, own)
      found = true
    } else await removeFolder(earlier)
  }
  await mkdir(own, { recursive: true })
  return own
}

/** The transcription has ended. */
export const removeJobFolder = (deps: WorkDir, id: string): Promise<void> => removeFolder(jobFolder(deps, id))

/** The claim is gone; what others have of the transcription stays. */
export async function removeAttemptFolder(deps: WorkDir, job: Job): Promise<void> {
  await removeFolder(attemptFolder(deps, job))
  await rmdir(jobFolder(deps, job.id)).catch(() => {}) // others have something in it
}

/** Again where somebody else is still writing into it. */
const removeFolder = (path: string): Promise<void> =>
  rm(path, { recursive: true, force: true, maxRetries: 3 })

/** Removes the folders of transcriptions and videos that have ended: what a crash left behind. */
export async function sweepJobFolders({ db, workDir }: Pick<PipelineDeps, 'db' | 'workDir'>): Promise<void> {
  await mkdir(workDir, { recursive: true })
  for (const id of await readdir(workDir)) {
    const table = id.startsWith('vid_') ? 'videos' : 'transcriptions'
    const open = await db
      .selectFrom(table as 'videos')
      .select('id')
      .where('id', '=', id)
      .where('state', 'in', ['queued', 'running'])
      .executeTakeFirst()
    if (!open && (await stat(join(workDir, id))).isDirectory()) await removeJobFolder({ workDir }, id)
  }
}
