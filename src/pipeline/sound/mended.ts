import type { Span } from './timeline.ts'

/** A file that ffmpeg would read wrongly as it is, since it is damaged in the middle. */
export interface Mended {
  /** What ffmpeg is given instead of the file, as often as it is wanted. */
  bytes(): AsyncIterable<Buffer>
  /** What of a stream (counted from 0) was replaced by silence. */
  silenced(stream: number): Span[]
  /** Seconds that are lost at its beginning. */
  before?: number
  /** When it would have ended, in seconds, if its end is lost. */
  end?: number | undefined
}
