import { FetchError } from '../ports/fetcher.ts'
import { MediaError, type MediaErrorCode } from '../ports/prober.ts'

/** In words for the client who sent the file: never ffmpeg's own output, never a path. */
const MESSAGES: Record<MediaErrorCode, string> = {
  not_media:
    'The file is not audio or video that can be read. Send a common format such as mp3, m4a, wav, flac, ogg, mp4, mov, mkv or webm.',
  no_audio: 'The file has no audio stream. Send a file with sound.',
  no_such_track: 'The file has no sound track of that number. Leave the track out, or name one that it has.',
  truncated:
    'The file is cut off: it holds less than it says itself. It was probably not saved or uploaded to its end; send the whole file.',
  too_long: 'The recording is longer than this server allows. Split it and send the pieces.',
  unsupported_codec:
    'The sound of the file is encoded in a way that this server cannot decode. Convert it (to mp3 or m4a, for example) and send it again.',
  decode_failed:
    'The audio of the file cannot be decoded: it is damaged, or encoded in an unusual way. Convert it (to mp3 or m4a, for example) and send it again.',
}

export const mediaError = (code: MediaErrorCode): MediaError => new MediaError(code, MESSAGES[code])

/** `too_long`, with the limit in it. */
export const tooLong = (maxSeconds: number): MediaError =>
  new MediaError(
    'too_long',
    `The recording is longer than the ${amount(maxSeconds)} this server allows. Split it and send the pieces.`,
  )

/** `unsupported_codec`, with what is wrong in it. */
export const tooManyChannels = (channels: number, most: number): MediaError =>
  new MediaError(
    'unsupported_codec',
    `The sound of the file has ${channels} channels, and at most ${most} can be read. Mix it down (to mono or stereo) and send it again.`,
  )

/** The same for a file that a platform sent: its reader cannot send another one. */
export function ofThePost(error: unknown): unknown {
  if (!(error instanceof MediaError)) return error
  const options = { cause: error }
  switch (error.code) {
    case 'no_audio':
      return new FetchError('no_audio', 'The post’s video has no sound.', options)
    case 'too_long':
      return new FetchError('too_long', 'The video is longer than this server allows.', options)
    case 'truncated':
      return new FetchError('network', 'The platform sent less than the whole video.', options)
    default:
      return new MediaError(error.code, 'What the platform sent cannot be read as audio or video.', options)
  }
}

function amount(seconds: number): string {
  if (seconds < 120) return `${seconds} seconds`
  if (seconds < 7200) return `${Math.floor(seconds / 60)} minutes`
  return `${Math.floor(seconds / 360) / 10} hours`
}
