/** The options of decoding, and what is known at its end. */
import type { ProbedFile } from '../ports/prober.ts'
import type { ListeningOptions } from './sound/listening.ts'
import type { TrackWish } from './sound/plans.ts'
import type { Span } from './sound/timeline.ts'

/** `stallMs`: how long ffmpeg may deliver no sound while the reader waits; 60 s, no limit while the file grows. */
export interface DecodeOptions extends ListeningOptions, TrackWish {
  /** The probe's result. ffmpeg starts at the same time, and starts again if the file turns out to be unusual. */
  probed?: ProbedFile | Promise<ProbedFile>
  /** The same for a file that still grows: called at the end. */
  probedLast?: () => Promise<ProbedFile>
  /** Mixes interleaved channels into one. Default: a mix in which no voice is lost. */
  mix?(samples: Int16Array, channels: number): Int16Array
  /** The file stops in the middle of a frame, page or packet. */
  cut?: boolean
  /** More sound than this is refused as `too_long`, since a small file can decode to days of sound. */
  maxSeconds?: number
  /** Called once, after the last sound. */
  onEnd?(decoded: Decoded): void
}

/** What is known only at the end. */
export interface Decoded {
  /** Of the sound delivered, without the padding of the codec's last frame. */
  seconds: number
  /** What could not be read, on the same clock. */
  missing: Span[]
  /** Where a recording stops in the middle of a frame, page or packet; more of it may be missing. Seconds. */
  cutOff: number[]
  /** The sound track that was decoded; 1 is the first. */
  track: number
}
