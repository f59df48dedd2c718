/** Which of a file's sound tracks are listened to, in which order, and how. */
import type { ProbedFile, SoundTrack } from '../../ports/prober.ts'

export interface Plan {
  /** ffmpeg's number of the stream; undefined: the first with sound. */
  stream: number | undefined
  /** All channels apart, where nobody knows where they stand; undefined: ffmpeg makes one or two of them. */
  channels: number | undefined
  /** What samples are divided by; 1: they are as they should be. */
  scale: number
  /** Options of `Timeline`. */
  counted: boolean
  pause: number
  longestGap: number
  declared: ProbedFile['declared']
  /** 1 is the first sound track. */
  track: number
}

/** Without a picture nobody can tell a pause of hours from a clock that jumped. Seconds. */
const LONGEST_GAP = 30
/** With one, the sound must not come early. */
export const LONGEST_GAP_WITH_PICTURE = 3600
/** ffmpeg knows positions of so many at most. */
export const MOST_CHANNELS = 64

/** What is done as long as nothing is known of the file. */
export const FIRST_SOUND: Plan = {
  stream: undefined,
  channels: undefined,
  scale: 1,
  counted: false,
  pause: 0,
  longestGap: LONGEST_GAP_WITH_PICTURE,
  declared: null,
  track: 1,
}

/**
 * The track that was asked for; else the one that a player takes, then the others, for where it cannot be decoded
 * or is silent. None: there is no such track.
 */
export function plansFor(file: ProbedFile, track?: number): Plan[] {
  if (track !== undefined) return file.tracks.slice(track - 1, track).map((each) => planFor(file, each))
  const order = [...file.tracks].sort((a, b) => rank(b) - rank(a))
  return order.map((each) => planFor(file, each))
}

const rank = ({ codec, isDefault, secondary }: SoundTrack): number =>
  (codec === null ? 0 : 4) + (secondary ? 0 : 2) + (isDefault ? 1 : 0)

function planFor(file: ProbedFile, track: SoundTrack): Plan {
  const { pause, seconds } = track
  return {
    stream: track.stream,
    channels: isApart(track) ? track.channels : undefined,
    scale: 1,
    counted: file.counted,
    pause,
    longestGap: file.hasVideo ? LONGEST_GAP_WITH_PICTURE : LONGEST_GAP,
    declared: seconds === null ? file.declared : { ...file.declared, seconds, of: 'audio' },
    track: file.tracks.indexOf(track) + 1,
  }
}

/**
 * Positions are believed of what is made for cinemas and living rooms. Recorders and editors write PCM, and what
 * they say of its channels is often nobody's choice: the fourth of six microphones is no subwoofer.
 */
function isApart({ codec, channels, positioned }: SoundTrack): boolean {
  if (channels <= 2 || channels > MOST_CHANNELS) return false
  return !positioned || channels > 8 || /^(pcm_|flac|alac|wavpack)/.test(codec ?? '')
}

/** Whether ffmpeg does the same for both. */
export const sameSound = (a: Plan, b: Plan, firstStream: number | undefined): boolean =>
  (a.stream ?? firstStream) === (b.stream ?? firstStream) && a.channels === b.channels && a.scale === b.scale
