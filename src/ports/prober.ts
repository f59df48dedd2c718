/** What ffprobe says of a local file. */
export interface ProbedFile {
  durationSeconds: number
  /** The length that the file itself promises, to hold the decoded sound against; null: none. */
  declared: { seconds: number; of: 'audio' | 'container' } | null
  /** A bare stream without timestamps: its times come of counting its samples. */
  bare: boolean
  hasVideo: boolean
  /** From the container, never from the name that a client gave. */
  contentType: string
}

/** @throws MediaError where the file cannot be transcribed */
export type Prober = (path: string, signal?: AbortSignal) => Promise<ProbedFile>

export type MediaErrorCode = 'not_media' | 'no_audio' | 'truncated' | 'too_long' | 'decode_failed'

/** A file that cannot be transcribed. The message is fit for a client and says what to do. */
export class MediaError extends Error {
  readonly code: MediaErrorCode
  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MediaError'
    this.code = code
  }
}
