/** A stretch of speech, in samples at 16 kHz from the start of the recording, end exclusive. */
export interface SpeechRegion {
  start: number
  end: number
}

/** A detector looks at this many samples at a time: 32 ms. */
export const SPEECH_FRAME = 512

/** What became known with some PCM. It may be that of earlier calls: a detector looks at some seconds at a time. */
export interface Heard {
  /** Those that ended. */
  regions: SpeechRegion[]
  /** How likely each further frame of `SPEECH_FRAME` is to be speech, 0 to 1, from the recording's start on. */
  probabilities: Float32Array
  /** Samples from the start: no region to come begins before this. */
  decided: number
}

/** What differs from what does well. */
export interface SpeechSettings {
  /** How likely a frame must be to be speech, for it to begin a region. */
  threshold?: number | undefined
  /** Seconds of silence that end a region. */
  pauseSeconds?: number | undefined
}

/**
 * A voice activity detector (Silero). Runs outside the server process, so that a ten-hour recording
 * never blocks the event loop.
 */
export interface SpeechDetector {
  open(settings?: SpeechSettings): SpeechStream
  close(): Promise<void>
}

/**
 * One recording. Regions come in order, do not overlap, and are not padded: the first sound of a word can lie
 * up to 0.2 s before its region. Speech without pauses is cut after 25 s at a quiet moment; the next region
 * starts where that one ends. All in all they are the same, however the PCM is portioned.
 */
export interface SpeechStream {
  /** Takes the next PCM, and resolves once it has been looked at. */
  push(pcm: Int16Array): Promise<Heard>
  /** Ends the recording and gives what is left. */
  end(): Promise<Heard>
  close(): void
}
