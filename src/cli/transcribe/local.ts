/** Hears recordings here, without a server. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline as pipe } from 'node:stream/promises'
import type { Config } from '../../config/schema.ts'
import { isPlatform, parseLink } from '../../domain/links/index.ts'
import { joined } from '../../domain/transcripts/join-text.ts'
import type { FileDeps } from '../../pipeline/file-work.ts'
import { transcribeFile } from '../../pipeline/transcribe-file.ts'
import { unlessAborted } from '../../pipeline/unless-aborted.ts'
import { wantedTrack } from '../../pipeline/wanted-track.ts'
import { FetchError, type FetchLimits } from '../../ports/fetcher.ts'
import type { CliTools, Notices } from '../context.ts'
import { type Ear, folderIn, spooledStdin } from './ear.ts'
import { filenameOf, type Input, identityOf } from './inputs.ts'
import type { Heard } from './report.ts'
import { knownParts, type StoredPart, sweepUnfinished, Unfinished } from './unfinished.ts'
import { type HearingOptions, wishesOf } from './wishes.ts'

const FETCH_TIMEOUT_MS = 3_600_000
/** The share of the progress that fetching a link is. */
const FETCH_SHARE = 0.3

type Pipeline = Awaited<ReturnType<CliTools['openPipeline']>>

interface Context {
  tools: CliTools
  config: Config
  options: HearingOptions
  /** A folder for what is fetched. */
  scratch: string
  signal: AbortSignal
  notices: Notices
}

export async function openLocalEar(context: Context): Promise<Ear> {
  const { tools, config, options, signal, notices } = context
  const { language, task, prompt, keywords, diarize } = wishesOf(options)
  const opening = tools.openPipeline(
    config,
    {
      ...(language != null && { language }),
      ...(task && { task }),
      ...(prompt !== undefined && { prompt }),
      ...(keywords && { keywords }),
      ...(diarize && { diarize }),
    },
    notices,
  )
  // A model may take a while to load; its process ends with this one.
  const pipeline = await unlessAborted(opening, signal)
  return {
    atOnce: config.EARSHOT_JOBS ?? 2 * pipeline.engine.slotStates().length + 2,
    hear: (input, onProgress, signal) => hear({ ...context, signal }, pipeline, input, onProgress),
    async close() {
      await Promise.all([pipeline.close(), sweepUnfinished(config.EARSHOT_DATA_DIR)])
    },
  }
}

async function hear(
  context: Context,
  pipeline: Pipeline,
  input: Input,
  onProgress: (fraction: number) => void,
): Promise<Heard> {
  if (input.kind === 'file')
    return fromFile(context, pipeline, input, input.path, filenameOf(input), onProgress)
  if (input.kind === 'stdin') {
    const path = await spooledStdin(context.scratch, context.signal)
    return fromFile(context, pipeline, input, path, input.stem, onProgress)
  }
  const late = (fraction: number): void => onProgress(FETCH_SHARE + fraction * (1 - FETCH_SHARE))
  const found = await fetched(context, pipeline, input.url, (fraction) => onProgress(fraction * FETCH_SHARE))
  if ('transcript' in found) return found
  return fromFile(context, pipeline, input, found.path, found.title, late)
}

async function fromFile(
  { config, options, signal }: Context,
  pipeline: FileDeps,
  input: Input,
  path: string,
  title: string,
  onProgress: (fraction: number) => void,
): Promise<Heard> {
  const { model } = pipeline.engine.describe()
  const unfinished = new Unfinished<StoredPart>(config.EARSHOT_DATA_DIR, [
    identityOf(input),
    [config.EARSHOT_MODEL, model, config.EARSHOT_ENGINE_URL],
    wishesOf(options),
  ])
  const { known, keep } = knownParts(unfinished)
  const { transcript, models, sound, durationSeconds } = await transcribeFile(pipeline, path, {
    signal,
    maxSeconds: config.EARSHOT_MAX_MINUTES * 60,
    track: options.track,
    language: options.language,
    channels: options.channels,
    known,
    onPart: async (part, result, fraction) => {
      // What comes through a pipe comes once.
      if (input.kind !== 'stdin') keep(part, result)
      onProgress(fraction)
    },
  })
  await unfinished.forget()
  return {
    transcript,
    title,
    durationSeconds,
    model: models.map((each) => each.model).join(', '),
    warnings: sound.warnings.map(({ message }) => message),
  }
}

/** The post's sound, or its captions; or any media file. */
async function fetched(
  { config, options, scratch, signal }: Context,
  { fetcher, remote }: Pipeline,
  url: string,
  onProgress: (fraction: number) => void,
): Promise<{ path: string; title: string } | Heard> {
  const dir = await folderIn(scratch)
  const limits: FetchLimits = {
    maxSeconds: config.EARSHOT_MAX_MINUTES * 60,
    maxBytes: config.EARSHOT_MAX_UPLOAD_MB * 1024 * 1024,
    timeoutMs: FETCH_TIMEOUT_MS,
  }
  if (!isPlatform(url)) {
    const { filename, body } = await remote.open(url, limits, signal)
    const path = join(dir, 'media')
    await pipe(body, createWriteStream(path), { signal })
    return { path, title: filename }
  }
  const parsed = parseLink(url)
  const link = parsed.kind === 'media' ? parsed.link : await fetcher.resolve(parsed.link, signal)
  const probed = await fetcher.probe(link, dir, limits, signal)
  const title = probed.title ?? link.id
  const mode = modeOf(config, options)
  const track = wantedTrack({ mode, language: options.language ?? null }, probed)
  const segments =
    track &&
    (await fetcher.captions(link, probed, track, dir, signal).catch((error: unknown) => {
      // A short cut that cannot be had: the sound still can.
      if (mode === 'auto' && error instanceof FetchError) return undefined
      throw error
    }))
  if (segments)
    return {
      transcript: { text: joined(segments.map(({ text }) => text)), segments, language: track.language },
      title,
      durationSeconds: probed.duration ?? segments.at(-1)?.end ?? 0,
      model: `captions:${track.kind}`,
      warnings: [],
    }
  const progress = ({ fraction }: { fraction: number | null }): void => onProgress(fraction ?? 0)
  return { path: (await fetcher.fetch(link, probed, dir, limits, progress, signal)).path, title }
}

/** Captions do not say who speaks, and are in their own language. */
const modeOf = (config: Config, { mode, diarize, translate, channels }: HearingOptions) =>
  mode ?? (diarize || translate || channels === 'separate' ? 'speech' : config.EARSHOT_CAPTIONS)
