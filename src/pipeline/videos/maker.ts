/** Makes videos with their subtitles drawn in. */
import { createReadStream } from 'node:fs'
import { mkdir, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { lettersOf } from '../../contract/scripts.ts'
import type { VideoOptions } from '../../contract/videos.ts'
import { DomainError } from '../../domain/errors.ts'
import { requireRoom } from '../../domain/media/room.ts'
import type { TranscriptionRow } from '../../domain/tables.ts'
import { getTranscription } from '../../domain/transcriptions/get.ts'
import { readStored } from '../../domain/transcriptions/transcript.ts'
import { noPicture } from '../../domain/videos/ask.ts'
import type { VideoRow } from '../../domain/videos/tables.ts'
import { saveVideo } from '../../domain/videos/work.ts'
import type { PipelineDeps } from '../context.ts'
import { heardTrack, localRecording } from '../recording.ts'
import { saysHowFar, startRuns } from '../runs.ts'
import { unlessAborted } from '../unless-aborted.ts'
import { encode, OUTPUT, SUBTITLES } from './encode.ts'
import { charactersWithoutFont } from './fonts.ts'
import { lookAtPicture, type Picture } from './picture.ts'

export const startVideoMaker = (deps: PipelineDeps): { stop(): Promise<void> } =>
  startRuns(deps, {
    table: 'videos',
    topic: 'video.due',
    done: 'video with subtitles made',
    lost: 'The server died several times while it made the video.',
    able: deps.drawing.makesVideos,
    work: (row, signal) => make(deps, row, signal),
  })

async function make(deps: PipelineDeps, row: VideoRow, signal: AbortSignal): Promise<void> {
  const transcription = await getTranscription(deps, row.account_id, row.transcription_id)
  // Of its own: an earlier attempt may not know yet that its claim is gone. What it has is worth nothing.
  const folder = resolve(deps.workDir, row.id, row.lease_token!)
  await rm(dirname(folder), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  try {
    // First: whoever waits is told of a missing font in a second, and not after the recording was fetched.
    const text = await drawableText(deps, transcription, folder, signal)
    const recording = await localRecording(deps, transcription, noPicture, signal)
    try {
      await draw(deps, { row, transcription, text, path: resolve(recording.path), folder }, signal)
    } finally {
      await recording.release()
    }
    const { version } = text
    await saveVideo(deps, row, { body: createReadStream(join(folder, OUTPUT)), version }, signal)
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rmdir(dirname(folder)).catch(() => {}) // a later attempt has something in it
  }
}

interface DrawableText {
  stored: string
  version: number
  /** Symbols that no font has: they are left out. */
  missing: string
}

/** @throws DomainError `video.no_font` */
async function drawableText(
  deps: PipelineDeps,
  transcription: TranscriptionRow,
  folder: string,
  signal: AbortSignal,
): Promise<DrawableText> {
  const found = await readStored(deps.db, transcription)
  if (!found) throw new DomainError('transcription.no_text', 'The transcription has no text.')
  const { stored, version } = found
  const missing = await charactersWithoutFont(await deps.texts.charactersOf(stored), folder, signal)
  const letters = lettersOf([...missing].join(''))
  if (letters.length > 0) throw noFont(letters)
  return { stored, version, missing: [...missing].join('') }
}

interface Material {
  row: VideoRow
  transcription: TranscriptionRow
  text: DrawableText
  path: string
  folder: string
}

async function draw(deps: PipelineDeps, material: Material, signal: AbortSignal): Promise<void> {
  const { row, transcription, path, folder } = material
  const probed = await deps.probe(path, signal)
  const seconds = transcription.duration_ms ? transcription.duration_ms / 1000 : probed.durationSeconds
  const picture = await lookAtPicture(path, seconds, signal)
  await writeSubtitles(deps, material, picture)
  const track = probed.tracks[(heardTrack(transcription) ?? 1) - 1] ?? probed.tracks[0]
  const say = saysHowFar(deps, 'videos', row)
  const { size } = await stat(path)
  await encode(
    {
      ...{ input: path, folder, picture, seconds },
      sound: track ? { stream: track.stream, channels: track.channels } : null,
      // What is small as it was sent may take more as H.264.
      maxBytes: Math.max(deps.policy.maxUploadBytes, size),
      async onProgress(done, bytes) {
        await requireRoom(deps, { accountId: row.account_id }, bytes)
        await unlessAborted(say(done, seconds), signal)
      },
    },
    signal,
  )
}

async function writeSubtitles(deps: PipelineDeps, material: Material, frame: Picture): Promise<void> {
  const { row, text, folder } = material
  const { width, height } = frame
  const options = JSON.parse(row.options) as VideoOptions
  const subtitles = await deps.texts.asSubtitles(text.stored, { width, height }, options, text.missing)
  await writeFile(join(folder, SUBTITLES), subtitles)
}

const MOST_NAMED = 10

const noFont = (letters: readonly string[]): DomainError =>
  new DomainError(
    'video.no_font',
    `The server has no font for these characters: ${letters.slice(0, MOST_NAMED).join(' ')}${letters.length > MOST_NAMED ? ' …' : ''} The operator can install one, such as fonts-noto-core and fonts-noto-cjk on Debian.`,
  )
