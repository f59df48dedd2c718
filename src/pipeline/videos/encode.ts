/** Draws subtitles into a recording, with one ffmpeg. */
import { availableParallelism } from 'node:os'
import { DomainError } from '../../domain/errors.ts'
import { afterAwake } from '../../processes/awake-limit.ts'
import type { ProcessLimits } from '../../processes/limited.ts'
import { inputArguments, start } from '../ffmpeg.ts'
import type { Picture } from './picture.ts'

export interface Encoding {
  /** Of the recording; absolute. */
  input: string
  /** Where `SUBTITLES` lies and `OUTPUT` is made. ffmpeg works there, so that no path stands in a filter's arguments. */
  folder: string
  picture: Picture
  /** ffmpeg's number of the sound; null: there is none. */
  sound: { stream: number; channels: number } | null
  /** Of the sound. */
  seconds: number
  maxBytes: number
  /** Told about once a second. What it throws ends the work. */
  onProgress(seconds: number, bytes: number): Promise<void>
}

export const SUBTITLES = 'subtitles.ass'
export const OUTPUT = 'video.mp4'

/** Without a second of the video more, ffmpeg hangs. */
const STALL_MS = 120_000
const MB = 1024 * 1024
/** Measured with one and with eight threads: full HD takes 230 and 470 MB, 4K 680 MB and 1.5 GB. */
const MEMORY = 3 * 1024 * MB
/** Of the decoder and of the encoder: half of the cores. */
const THREADS = Math.min(8, Math.ceil(availableParallelism() / 2))
/** Recognising goes first. */
const NICENESS = 10

/** @throws DomainError `media.decode_failed`, `video.too_large`, `storage.full`; ToolKilled, ToolMissing; the signal's reason; what `onProgress` throws */
export async function encode(encoding: Encoding, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { maxBytes, folder } = encoding
  const limits: ProcessLimits = {
    memoryBytes: MEMORY,
    fileBytes: maxBytes + 64 * MB,
    openFiles: 256,
    niceness: NICENESS,
  }
  const ffmpeg = start('ffmpeg', argumentsFor(encoding), undefined, { limits, cwd: folder })
  signal.addEventListener('abort', ffmpeg.kill)
  try {
    await follow(ffmpeg, encoding)
    const code = await ffmpeg.exited
    signal.throwIfAborted()
    if (code !== 0) throw failure(ffmpeg.complaints())
  } finally {
    signal.removeEventListener('abort', ffmpeg.kill)
    ffmpeg.kill()
  }
}

async function follow(
  { stdout, kill }: Pick<ReturnType<typeof start>, 'stdout' | 'kill'>,
  { maxBytes, onProgress }: Encoding,
): Promise<void> {
  let bytes = 0
  let seconds = 0
  let line = ''
  let noStall = afterAwake(STALL_MS, kill)
  try {
    for await (const text of stdout.setEncoding('utf8')) {
      const lines = (line + text).split('\n')
      line = lines.pop()!
      for (const [key, value] of lines.map((each) => each.split('='))) {
        if (key === 'total_size') bytes = Number(value) || bytes
        if (key !== 'out_time_us' || !(Number(value) / 1e6 > seconds)) continue
        seconds = Number(value) / 1e6
        noStall()
        noStall = afterAwake(STALL_MS, kill)
      }
      if (bytes > maxBytes) throw tooLarge(maxBytes)
      await onProgress(seconds, bytes)
    }
  } finally {
    noStall()
  }
}

const argumentsFor = ({ input, picture, sound, seconds }: Encoding): string[] => {
  const threads = ['-threads', String(THREADS)]
  return [
    ...['-nostdin', '-v', 'error', '-nostats', '-progress', 'pipe:1', '-stats_period', '1', '-y'],
    ...[...threads, ...inputArguments(input)],
    ...['-filter_complex', filters(picture, seconds), '-map', '[subtitled]'],
    ...(sound ? ['-map', `0:${sound.stream}`] : []),
    // Where it was recorded and with what is nobody's business who only gets the video.
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-pix_fmt', 'yuv420p', ...threads],
    ...['-c:a', 'aac', '-b:a', '160k', '-ar', '48000', '-ac', String(Math.min(2, sound?.channels ?? 2))],
    ...['-movflags', '+faststart', '-f', 'mp4', `file:${OUTPUT}`],
  ]
}

/** Everything in it is a number or ours. */
function filters({ stream, width, height, fps, missing }: Picture, seconds: number): string {
  const size = `${width}x${height}`
  const frames =
    stream === null
      ? [`color=c=0x14171c:s=${size}:r=${fps}:d=${seconds.toFixed(3)}`]
      : [
          `[0:${stream}]${fps === undefined ? 'null' : `fps=${fps}`}`,
          // The last frame stays while the sound goes on.
          ...(missing > 0 ? [`tpad=stop_mode=clone:stop_duration=${missing.toFixed(3)}`] : []),
          `scale=${width}:${height}`,
        ]
  return [...frames, 'setsar=1', 'format=yuv420p', `ass=${SUBTITLES}[subtitled]`].join(',')
}

function failure(complaints: string): DomainError {
  const options = { cause: new Error(complaints.slice(-1000)) }
  return /No space left on device/.test(complaints)
    ? new DomainError('storage.full', 'The server has no room left to make the video.', {}, options)
    : new DomainError(
        'media.decode_failed',
        'The video cannot be made: the recording is damaged, or encoded in an unusual way. Convert it (to MP4 with H.264, for example), upload it again and transcribe it.',
        {},
        options,
      )
}

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError(
    'video.too_large',
    `The video would be larger than the ${Math.floor(maxBytes / MB)} MB that a file may have on this server.`,
  )
