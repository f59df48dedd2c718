import type { ProbedFile, Prober } from '../ports/prober.ts'
import {
  inputArguments,
  type LocalFile,
  type RunResult,
  run,
  type Source,
  type Stretch,
  stretchOf,
} from './ffmpeg.ts'
import { withoutJunk } from './joined/junk.ts'
import { type Lacking, lackingIn, TOLERATED } from './joined/lacking.ts'
import { mediaError, tooLong, tooManyChannels } from './media-error.ts'
import { contentType } from './probe-content-type.ts'
import { type DescribedStream, isSound, secondsOf, soundTracks } from './probe-tracks.ts'
import { wavIsCutOff } from './probe-wav.ts'
import { mend } from './sound/mend.ts'
import { MOST_CHANNELS } from './sound/plans.ts'

export interface MediaInfo extends ProbedFile {
  /** What the file says, or, where it says nothing of use, what was counted. */
  durationSeconds: number
  hasAudio: boolean
  /** Moving pictures; a cover image is none. */
  hasVideo: boolean
  /** For example `audio/mpeg`, from what the file is, not from its name. */
  contentType: string
  /** ffmpeg's name of the container, for example `mp3` or `matroska,webm`. */
  formatName: string
  audioCodec: string | null
}

export interface ProbeOptions {
  /** Longer recordings are refused as `too_long`. */
  maxSeconds?: number
  /** Default true: a file without sound is refused as `no_audio`. */
  needAudio?: boolean
  /** Default 60 s, for each of the at most two programs. */
  timeoutMs?: number
  ffprobe?: string
  ffmpeg?: string
  signal?: AbortSignal
}

interface Described {
  format?: { format_name?: string; start_time?: string; duration?: string; tags?: Record<string, string> }
  streams?: DescribedStream[]
}

const ENTRIES = [
  'format=format_name,start_time,duration:format_tags=major_brand,compatible_brands',
  'stream=index,codec_type,codec_name,sample_rate,channels,channel_layout,start_time,duration',
  'stream_disposition=default,attached_pic,comment,visual_impaired,karaoke',
  'stream_tags=language,title,handler_name',
].join(':')

/**
 * Reads what a local file is. Nothing but local media is opened, whatever the file asks for.
 * @throws MediaError `not_media`, `no_audio`, `truncated`, `too_long`, `unsupported_codec`; ToolMissing; what `stat` throws.
 */
export async function probe(file: LocalFile, options: ProbeOptions = {}): Promise<MediaInfo> {
  const path = await withoutJunk(file)
  const stretch = await stretchOf(path)
  const result = await askAbout(path, options)
  const lacking = await lackingIn(stretch)
  if (result.code !== 0 && lacking.bytes) throw mediaError('truncated')
  const found = understood(result)
  if (await cutOff(stretch, found, result.stderr, lacking)) throw mediaError('truncated')
  const info = await describe(path, found, result.stderr, lacking, options)
  if (lacking.bytes !== undefined && lacking.bytes <= TOLERATED && info.declared) info.declared.whole = true
  if (!info.hasAudio && (options.needAudio ?? true)) throw mediaError('no_audio')
  if (options.maxSeconds !== undefined && info.durationSeconds > options.maxSeconds)
    throw tooLong(options.maxSeconds)
  return info
}

/** Asks again without what is broken, if a file is damaged so badly that ffprobe gives up. */
async function askAbout(path: LocalFile, options: ProbeOptions): Promise<RunResult> {
  const ask = (source: Source, input?: () => AsyncIterable<Buffer>): Promise<RunResult> =>
    run(
      options.ffprobe ?? 'ffprobe',
      ['-v', 'warning', '-of', 'json', '-show_entries', ENTRIES, ...inputArguments(source)],
      { ...limits(options), ...(input && { input }) },
    )
  const result = await ask(path)
  const mended = result.code === 0 ? undefined : await mend(path)
  return mended ? ask(mended.bytes(), () => mended.bytes()) : result
}

const limits = (options: ProbeOptions) => ({
  timeoutMs: options.timeoutMs ?? 60_000,
  maxBytes: 1024 * 1024,
  signal: options.signal,
})

function understood(result: RunResult): Described {
  // An MP4 keeps its table of contents last: without it the file was not written or sent to its end.
  if (/moov atom not found/.test(result.stderr)) throw mediaError('truncated')
  if (result.code !== 0) throw mediaError('not_media')
  try {
    const described = JSON.parse(result.stdout) as Described
    if (described.format?.format_name && described.streams?.length) return described
  } catch {
    // Cut off at the output limit: no honest file describes itself at such length.
  }
  throw mediaError('not_media')
}

/** Formats that ffmpeg decodes even if parts of the file are missing. */
const READ_ANYWAY = new Set(['avi', 'aiff', 'caf', 'au', 'asf', 'w64'])

async function cutOff(
  stretch: Stretch,
  described: Described,
  stderr: string,
  { bytes = 0 }: Lacking,
): Promise<boolean> {
  const name = described.format?.format_name ?? ''
  if (name === 'wav') return wavIsCutOff(stretch)
  if (bytes > TOLERATED && READ_ANYWAY.has(name)) return true
  // What says how its streams are encoded may be what is missing: the table at an MP4's end.
  if (bytes > 0 && (described.streams ?? []).every(({ codec_name }) => codec_name === undefined)) return true
  // The Xing header of an MP3 counts its bytes; ffmpeg says this when a sixteenth or more is missing.
  return /filesize and duration do not match/.test(stderr)
}

/** Formats that are nothing but the frames of one codec: times that ffmpeg makes up for them are rounded, and wrong after a change of the rate. */
const COUNTED = new Set(['mp3', 'ac3', 'eac3', 'dts', 'truehd', 'mlp', 'aac', 'loas'])

/** Samples a second: fewer hold no speech, and a small file of them is days of silence. */
const LOWEST = 1000

async function describe(
  path: LocalFile,
  { format, streams = [] }: Described,
  stderr: string,
  lacking: Lacking,
  options: ProbeOptions,
): Promise<MediaInfo> {
  const audio = streams.find(isSound)
  const video = streams.find((s) => s.codec_type === 'video' && !s.disposition?.attached_pic)
  if (!audio && !video) throw mediaError('not_media')
  const rate = Number(audio?.sample_rate ?? 0)
  if (rate > 0 && rate < LOWEST) throw mediaError('unsupported_codec')
  const tracks = streams.filter(isSound)
  if (audio && tracks.every(({ channels = 0 }) => channels > MOST_CHANNELS))
    throw tooManyChannels(audio.channels!, MOST_CHANNELS)
  const told = /Estimating duration from bitrate/.test(stderr) ? {} : lengths(format, audio)
  const believed = told.seconds !== undefined && (await isPlausible(path, told.seconds, audio, video))
  return {
    durationSeconds: believed ? told.seconds! : await countSeconds(path, lacking, options),
    declared: believed ? told.declared! : null,
    counted: COUNTED.has(format?.format_name ?? ''),
    tracks: soundTracks(format, streams, believed),
    firstAudio: streams.find((s) => s.codec_type === 'audio')?.index ?? null,
    hasAudio: audio !== undefined,
    hasVideo: video !== undefined,
    contentType: contentType(
      format?.format_name ?? '',
      audio?.codec_name,
      video?.codec_name,
      format?.tags?.major_brand,
    ),
    formatName: format?.format_name ?? '',
    audioCodec: audio?.codec_name ?? null,
  }
}

/** What the file says. Matroska counts from zero even where a recording begins at three hours. */
function lengths(
  format: Described['format'],
  audio: DescribedStream | undefined,
): { seconds?: number; declared?: NonNullable<ProbedFile['declared']> } {
  const end = secondsOf(format?.duration)
  const begin = format?.format_name?.startsWith('matroska') ? (secondsOf(format.start_time) ?? 0) : 0
  const whole = end !== null && end > begin ? end - begin : end
  const sound = secondsOf(audio?.duration)
  const seconds = whole ?? sound ?? undefined
  if (seconds === undefined) return {}
  return {
    seconds,
    declared: sound ? { seconds: sound, of: 'audio' } : { seconds, of: 'container' },
  }
}

/** Bits a second: less is what a codec makes of silence, or a header that promises too much. */
const FEWEST = 4000

/** Whether a file of its size can be as long as it says; if not, its packets are counted. */
async function isPlausible(
  path: LocalFile,
  seconds: number,
  audio: DescribedStream | undefined,
  video: DescribedStream | undefined,
): Promise<boolean> {
  const { from, to } = await stretchOf(path)
  const rate = ((to - from) * 8) / seconds
  // Nothing takes more than samples of 64 bits. Pictures may take anything.
  const most = 64 * Number(audio?.sample_rate ?? 0) * (audio?.channels ?? 1)
  return rate > FEWEST && (video !== undefined || most === 0 || rate < most)
}

/**
 * Recordings of a browser (WebM) and bare AAC or MP3 streams do not say how long they are, and other headers lie:
 * the packets of the sound are walked through, without decoding any.
 */
async function countSeconds(path: LocalFile, { inPieces }: Lacking, options: ProbeOptions): Promise<number> {
  const sink = ['-map', '0:a?', '-c', 'copy', '-f', 'null', '-progress', 'pipe:1', '-']
  const args = [
    '-nostdin',
    '-v',
    'error',
    '-nostats',
    '-stats_period',
    '60',
    ...inputArguments(path),
    ...sink,
  ]
  const { code, stdout, stderr } = await run(options.ffmpeg ?? 'ffmpeg', args, limits(options))
  if (code === null) throw mediaError('decode_failed')
  if (!inPieces && /ended prematurely/.test(stderr)) throw mediaError('truncated')
  const last = [...stdout.matchAll(/^out_time_us=(\d+)/gm)].at(-1)
  return last ? Number(last[1]) / 1e6 : 0
}

/** `probe` as the port has it. */
export const probeFile: Prober = (path, signal) => probe(path, signal ? { signal } : {})
