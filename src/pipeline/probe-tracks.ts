/** A file's sound tracks, from what ffprobe says of its streams. */
import type { SoundTrack } from '../ports/prober.ts'

export interface DescribedStream {
  index?: number
  codec_type?: string
  codec_name?: string
  sample_rate?: string
  channels?: number
  channel_layout?: string
  start_time?: string
  duration?: string
  disposition?: Record<string, number>
  tags?: Record<string, string>
}

interface DescribedFormat {
  format_name?: string
  start_time?: string
  tags?: Record<string, string>
}

/** No sampling rate, and not a codec that nobody knows: ffmpeg went by the file's name alone and found no sound in it. */
export const isSound = ({ codec_type, codec_name, sample_rate }: DescribedStream): boolean =>
  codec_type === 'audio' && (sample_rate !== '0' || codec_name === undefined)

/** @param believed whether the lengths are the file's word, and not guessed or impossible */
export function soundTracks(
  format: DescribedFormat | undefined,
  streams: readonly DescribedStream[],
  believed: boolean,
): SoundTrack[] {
  return streams.filter(isSound).map((stream) => ({
    stream: stream.index ?? 0,
    codec: stream.codec_name ?? null,
    channels: stream.channels ?? 0,
    positioned: stream.channel_layout !== undefined && stream.channel_layout !== 'unknown',
    language: said(stream.tags?.language),
    title: said(stream.tags?.title ?? stream.tags?.handler_name),
    isDefault: stream.disposition?.default === 1,
    secondary: SECONDARY.some((kind) => stream.disposition?.[kind] === 1),
    pause: pauseBefore(format, stream),
    seconds: believed ? secondsOf(stream.duration) : null,
  }))
}

const SECONDARY = ['comment', 'visual_impaired', 'karaoke']

/** What writers put where nothing is to be said. */
const NOTHING = new Set(['', 'und', 'SoundHandler', 'Sound Media Handler', 'Core Media Audio'])

const said = (text: string | undefined): string | null =>
  text === undefined || NOTHING.has(text) ? null : text.slice(0, 200)

/** Formats whose times ffmpeg counts from the first of the streams in use, and not from the file's. */
const COUNTED_FROM_STREAM = new Set(['mpegts', 'mpeg'])

/** Brands of MP4 that comes in fragments: it may be a piece of a broadcast, and begin at any time. */
const FRAGMENTED = /dash|msdh|msix|cmf|iso[56]|hlsf/

/** Seconds: an MP4 may say that its sound begins after hours. */
const LONGEST_PAUSE = 30

function pauseBefore(format: DescribedFormat | undefined, { start_time }: DescribedStream): number {
  const [name = ''] = format?.format_name?.split(',') ?? []
  const begin = secondsOf(format?.start_time)
  if (begin === null) return 0
  if (COUNTED_FROM_STREAM.has(name)) return Math.max(0, (secondsOf(start_time) ?? begin) - begin)
  // An MP4's time begins at zero: what is before its first stream is an edit list's pause.
  const { major_brand = '', compatible_brands = '' } = format?.tags ?? {}
  return name === 'mov' && !FRAGMENTED.test(major_brand + compatible_brands) && begin <= LONGEST_PAUSE
    ? begin
    : 0
}

/** More than nothing; null: it does not say. */
export function secondsOf(text: string | undefined): number | null {
  const value = Number(text)
  return text !== undefined && Number.isFinite(value) && value > 0 ? value : null
}
