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

/**
 * One recording. Regions come in order, do not overlap, and are not padded: the first sound of a word can lie
 * up to 0.2 s before its region. Speech without pauses is cut after 25 s at a quiet moment; the next region
 * starts where that one ends.
 */
export interface SpeechStream {
  /** Takes the next PCM; resolves, once it has been looked at, with the regions that ended in it. */
  push(pcm: Int16Array): Promise<SpeechRegion[]>
  /** Ends the recording and gives the last regions. */
  end(): Promise<SpeechRegion[]>
  close(): void
}
