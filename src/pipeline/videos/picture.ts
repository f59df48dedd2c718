/** The picture of a recording, as the video with its subtitles has it. */
import { inputArguments, run } from '../ffmpeg.ts'
import { mediaError } from '../media-error.ts'

export interface Picture {
  /** ffmpeg's number of the stream; null: there is only sound, and the picture is plain. */
  stream: number | null
  width: number
  height: number
  /** Frames a second that it is brought to; undefined: its own. */
  fps?: number
  /** Seconds that the picture ends before the sound. */
  missing: number
}

export interface DescribedPicture {
  index: number
  width?: number
  height?: number
  sample_aspect_ratio?: string
  avg_frame_rate?: string
  r_frame_rate?: string
  duration?: string
  tags?: { rotate?: string }
  side_data_list?: { rotation?: number }[]
}

/** What most players take: 4K. Larger pictures are made smaller. */
const LONGEST_SIDE = 4096
const SMALLEST_SIDE = 16

/** Of sound alone. People share such videos where a platform takes no sound files. */
const PLAIN = { stream: null, width: 1280, height: 720, fps: 10, missing: 0 }

const ENTRIES = [
  'stream=index,width,height,sample_aspect_ratio,avg_frame_rate,r_frame_rate,duration',
  'stream_tags=rotate',
  'stream_side_data=rotation',
].join(':')

/** @param seconds of its sound @throws MediaError `not_media` */
export async function lookAtPicture(path: string, seconds: number, signal: AbortSignal): Promise<Picture> {
  // V: what moves, and no cover.
  const args = ['-v', 'error', '-of', 'json', '-select_streams', 'V', '-show_entries', ENTRIES]
  const limits = { timeoutMs: 60_000, maxBytes: 1024 * 1024, signal }
  const { code, stdout } = await run('ffprobe', [...args, ...inputArguments(path)], limits)
  if (code !== 0) throw mediaError('not_media')
  const { streams = [] } = JSON.parse(stdout) as { streams?: DescribedPicture[] }
  const found = streams.find(({ width, height }) => width && height)
  return found ? pictureOf(found, seconds) : PLAIN
}

/** @param seconds of its sound */
export function pictureOf(described: DescribedPicture, seconds: number): Picture {
  const { index, width = 0, height = 0 } = described
  const wide = { width: width * (ratio(described.sample_aspect_ratio, ':') || 1), height }
  const upright = isOnItsSide(described) ? { width: wide.height, height: wide.width } : wide
  const scale = Math.min(1, LONGEST_SIDE / Math.max(upright.width, upright.height))
  const fps = steadied(ratio(described.avg_frame_rate, '/'), ratio(described.r_frame_rate, '/'))
  const missing = described.duration === undefined ? 0 : seconds - Number(described.duration)
  return {
    stream: index,
    width: even(upright.width * scale),
    height: even(upright.height * scale),
    ...(fps !== undefined && { fps }),
    missing: missing > 0.1 ? missing : 0,
  }
}

/** Colours of two pixels by two are stored once. */
const even = (side: number): number => Math.max(SMALLEST_SIDE, Math.round(side / 2) * 2)

function ratio(text: string | undefined, mark: string): number {
  const [a, b] = (text ?? '').split(mark).map(Number)
  return a && b ? a / b : 0
}

function isOnItsSide({ tags, side_data_list = [] }: DescribedPicture): boolean {
  const degrees = side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation ?? tags?.rotate
  return Math.abs(Number(degrees ?? 0)) % 180 === 90
}

const FEWEST = 20
const MOST = 60
const USUAL = 30

/** Subtitles change with a frame. A picture that stands still, or comes unevenly, gets more of them. */
function steadied(average: number, likely: number): number | undefined {
  const isSteady = average > 0 && Math.abs(likely / average - 1) < 0.01
  if (isSteady && average >= FEWEST && average <= MOST + 1) return undefined
  return likely >= FEWEST && likely <= MOST ? likely : USUAL
}
