/** One sound track of a file. */
export interface SoundTrack {
  /** ffmpeg's number of the stream, over streams of all kinds. */
  stream: number
  /** ffmpeg's name; null: nobody knows it. */
  codec: string | null
  channels: number
  /** Whether the file says where each channel stands (left, centre…). */
  positioned: boolean
  /** As the file says, often three letters; null: it does not. */
  language: string | null
  title: string | null
  /** The one that a player takes. */
  isDefault: boolean
  /** A description for the blind, a commentary… and not the sound itself. */
  secondary: boolean
  /** Seconds of the recording before it begins, where its timestamps do not count them. */
  pause: number
  /** Of this track, seconds; null: the file does not say. */
  seconds: number | null
}

/** What ffprobe says of a local file. */
export interface ProbedFile {
  /** As the file says: a hint. How long it is shows when it is decoded. */
  durationSeconds: number
  /**
   * The length that the file itself promises, to hold the decoded sound against; null: none. `whole`: every byte that
   * it speaks of is there, so what is missing was damaged and not cut off.
   */
  declared: { seconds: number; of: 'audio' | 'container'; whole?: boolean } | null
  /** A format without timestamps: its times come of counting its samples. */
  counted: boolean
  /** In the file's order. */
  tracks: SoundTrack[]
  /** The stream that ffmpeg takes for the first sound, though it may be none that has any; null: there is none. */
  firstAudio: number | null
  hasVideo: boolean
  /** From the container, never from the name that a client gave. */
  contentType: string
}

/** @throws MediaError where the file cannot be transcribed */
export type Prober = (path: string, signal?: AbortSignal) => Promise<ProbedFile>

export type MediaErrorCode =
  | 'not_media'
  | 'no_audio'
  | 'no_such_track'
  | 'truncated'
  | 'too_long'
  | 'unsupported_codec'
  | 'decode_failed'

/** A file that cannot be transcribed. The message is fit for a client and says what to do. */
export class MediaError extends Error {
  readonly code: MediaErrorCode
  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MediaError'
    this.code = code
  }
}
