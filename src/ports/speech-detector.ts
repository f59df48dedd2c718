/** A stretch of speech, in samples at 16 kHz from the start of the recording, end exclusive. */
export interface SpeechRegion {
  start: number
  end: number
}

/**
 * A voice activity detector (Silero). Runs outside the server process, so that a ten-hour recording
 * never blocks the event loop.
 */
export interface SpeechDetector {
  open(): SpeechStream
  close(): Promise<void>
}

/** One recording. Regions come in order, do not overlap, and are not padded. */
export interface SpeechStream {
  /** Takes the next PCM; resolves, once it has been looked at, with the regions that ended in it. */
  push(pcm: Int16Array): Promise<SpeechRegion[]>
  /** Ends the recording and gives the last regions. */
  end(): Promise<SpeechRegion[]>
  close(): void
}
