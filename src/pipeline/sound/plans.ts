/** Which of a file's sound tracks are listened to, in which order, and how. */
import { knownAs, readCode } from '../../contract/language.ts'
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

/** Which track is wanted. */
export interface TrackWish {
  /** 1 is the first. */
  track?: number | undefined
  /** The language that is to be heard, as `readCode` has it. */
  language?: string | undefined
}

/**
 * The track that was asked for; else the one that a player takes, or would take if it were set to the language, then
 * the others, for where it cannot be decoded or is silent. None: there is no such track.
 */
export function plansFor(file: ProbedFile, { track, language }: TrackWish = {}): Plan[] {
  if (track !== undefined) return file.tracks.slice(track - 1, track).map((each) => planFor(file, each))
  const order = [...file.tracks].sort((a, b) => rank(b, language) - rank(a, language))
  return order.map((each) => planFor(file, each))
}

function rank(track: SoundTrack, wanted: string | undefined): number {
  const suits = (track.secondary ? AS_SECONDARY : AS_MAIN)[spokenIn(track.language, wanted)]
  return (track.codec === null ? 0 : 16) + 2 * suits + (track.isDefault ? 1 : 0)
}

type Spoken = 'wanted' | 'unknown' | 'other'

function spokenIn(language: string | null, wanted: string | undefined): Spoken {
  const spoken = wanted === undefined || language === null ? null : readCode(language)
  if (spoken === null || wanted === undefined) return 'unknown'
  return knownAs(wanted, [spoken]) === undefined ? 'other' : 'wanted'
}

/** What does not say its language is rather taken for the film than a description that is in the right one. */
const AS_MAIN: Record<Spoken, number> = { wanted: 5, unknown: 4, other: 2 }
const AS_SECONDARY: Record<Spoken, number> = { wanted: 3, unknown: 1, other: 0 }

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
