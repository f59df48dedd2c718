/** How a decode went, from what came out and what ffmpeg said. */
import type { MediaErrorCode, ProbedFile } from '../../ports/prober.ts'
import type { Span } from './timeline.ts'

export interface Outcome {
  /** ffmpeg's exit code; null when it was killed. */
  code: number | null
  stalled: boolean
  complaints: string
  /** What came out. */
  seconds: number
  /** What the file promised. */
  declared: ProbedFile['declared']
  /** See `Timeline`. */
  gaps: readonly Span[]
  /** The format has no times: what was lost shows only in what is missing in all. */
  counted: boolean
  /** The file stops in the middle of a frame, page or packet. */
  cut?: boolean
  /** What was replaced by silence before ffmpeg saw it; undefined: it was given the file as it is. */
  silenced?: readonly Span[] | undefined
}

/** The file stops in the middle of something. */
const CUT = /ended prematurely|partial file/
/** A piece of the sound could not be read. Pictures are not decoded, but looked at: what is said of them does not count. */
const DAMAGED =
  /^(?!\[(?:mjpeg|png|gif|webp|h264|hevc|vvc|mpeg[124]|msmpeg|vp\d|av1|theora)).*(?:[Ee]rror|[Cc]orrupt|[Ii]nvalid|CRC|EBML|[Hh]eader missing|exceeds)/m
const UNKNOWN_CODEC = /no decoder found|Decoder \(codec .* not found|Unknown\/unsupported|Unknown encoder/

export const isDamaged = (complaints: string): boolean => DAMAGED.test(complaints)

const damagedIn = ({ complaints, silenced }: Outcome): boolean =>
  silenced !== undefined || isDamaged(complaints)

/** What is wrong; null: nothing, or nothing that keeps the rest from being heard. */
export function fault(outcome: Outcome): MediaErrorCode | null {
  const { code, stalled, complaints, seconds } = outcome
  if (stalled) return 'decode_failed'
  if (/matches no streams|does not contain any stream/.test(complaints)) return 'no_audio'
  if (/moov atom not found/.test(complaints)) return 'truncated'
  if (seconds === 0) {
    if (UNKNOWN_CODEC.test(complaints)) return 'unsupported_codec'
    if (/not on whitelist|^(pipe|file):.*Invalid data found when processing input$/im.test(complaints))
      return 'not_media'
    if (isCutOff(outcome) && CUT.test(complaints)) return 'truncated'
    return code !== 0 || DAMAGED.test(complaints) ? 'decode_failed' : null
  }
  if (isCutOff(outcome)) return 'truncated'
  return code === 0 ? null : 'decode_failed'
}

/**
 * The length in a header is often a little off (encoder padding, VBR, a video that runs on after its sound), so
 * being short is proof by itself only where the audio stream promised clearly more; where the file also stops in
 * the middle of something, less is enough. Where pieces of it could not be read, it is not cut off, but damaged.
 */
function isCutOff(outcome: Outcome): boolean {
  const { seconds, declared, complaints, cut } = outcome
  if (!declared) return false
  const missing = declared.seconds - seconds
  if (CUT.test(complaints)) return missing > Math.max(0.25, 0.01 * declared.seconds)
  if (cut) return missing > Math.max(1, 0.03 * declared.seconds)
  if (declared.whole && seconds > 0) return false
  if (declared.of !== 'audio' || missing <= Math.max(1, 0.03 * declared.seconds)) return false
  const damaged = damagedIn(outcome)
  if (damaged && outcome.counted && outcome.gaps.length > 0) return false
  return !damaged || missing > declared.seconds / 16
}

/** ffmpeg skipped parts of a file that is complete. */
const isShort = ({ seconds, declared }: Outcome): boolean =>
  declared?.whole === true &&
  declared.of === 'audio' &&
  declared.seconds - seconds > Math.max(1, 0.03 * declared.seconds)

/** Seconds that could not be read, on the clock of the words' times. */
export function missingSpans(outcome: Outcome): Span[] {
  const { seconds, declared, gaps, counted, silenced = [] } = outcome
  const damaged = damagedIn(outcome)
  if (!damaged && !isShort(outcome)) return []
  const spans = damaged ? merged([...gaps, ...silenced]) : []
  const rest = declared?.of === 'audio' ? declared.seconds - seconds : 0
  if (counted && rest > 0)
    return spans.map(({ start, end }) => ({ start, end: Math.max(end, start + rest / spans.length) }))
  if (rest > Math.max(0.25, 0.01 * (declared?.seconds ?? 0)))
    spans.push({ start: seconds, end: declared!.seconds })
  return merged(spans)
}

/** In order. Those with less than a second between them are one: a broken stretch has good frames in it. */
function merged(gaps: readonly Span[]): Span[] {
  const spans: Span[] = []
  for (const gap of [...gaps].sort((a, b) => a.start - b.start)) {
    const last = spans.at(-1)
    if (last && gap.start - last.end < 1) last.end = Math.max(last.end, gap.end)
    else spans.push({ ...gap })
  }
  return spans
}
