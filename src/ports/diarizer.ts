/** Somebody speaks: seconds of the recording. Turns of different speakers may overlap. */
export interface Turn {
  start: number
  end: number
  /** From 0 up, in the order in which they are first heard. */
  speaker: number
  /** Which of the known voices it is; missing: none of them. */
  known?: number
}

/** Tells who speaks when. Runs outside the server process. */
export interface Diarizer {
  /** Whether its models are there. */
  available(): boolean
  /**
   * @param known PCM of voices to be told by, one person each
   * @param speakers how many there are at most; undefined: as many as sound unlike each other
   * @throws EngineError `unavailable`
   */
  open(known?: readonly Int16Array[], speakers?: number): Diarization
  close(): Promise<void>
}

/** One recording. What is held of it does not grow with its length. */
export interface Diarization {
  /** Takes the next PCM, 16 kHz; slow where the process cannot keep up. @throws EngineError */
  push(pcm: Int16Array): Promise<void>
  /** Ends the recording. The turns in the order of their starts. @throws EngineError */
  end(): Promise<Turn[]>
  close(): void
}
