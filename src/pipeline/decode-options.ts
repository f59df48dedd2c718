/** What decoding takes, and what it tells at its end. */
import type { ProbedFile } from '../ports/prober.ts'
import type { ListeningOptions } from './sound/listening.ts'
import type { Span } from './sound/timeline.ts'

/** `stallMs`: so long ffmpeg may leave a reader who waits without sound; 60 s, and of a file that grows no limit. */
export interface DecodeOptions extends ListeningOptions {
  /** What the probe finds. ffmpeg begins beside it, and begins anew where the file is out of the ordinary. */
  probed?: ProbedFile | Promise<ProbedFile>
  /** The same of a file that grows: asked for at the end. */
  probedLast?: () => Promise<ProbedFile>
  /** Which sound track, 1 is the first. Default: the one that a player takes; if it is silent, the first that is not. */
  track?: number | undefined
  /** Makes one sound of samples of many channels, which take turns. Default: a mix in which nobody is lost. */
  mix?(samples: Int16Array, channels: number): Int16Array
  /** More sound than this is refused as `too_long`: a small file can unpack to days. */
  maxSeconds?: number
  /** Called once, when all sound was given. */
  onEnd?(decoded: Decoded): void
}

/** What shows only at the end. */
export interface Decoded {
  /** Of what was given, but for what the codec filled its last frame up with. */
  seconds: number
  /** What could not be read, on the same clock. */
  missing: Span[]
  /** The sound track that was given, 1 is the first. */
  track: number
}
