import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type PlacedWord, toneAudio, wav } from '../tone.ts'
import type { Paced } from './answer.ts'

const ffmpeg = (args: string[]) => promisify(execFile)('ffmpeg', ['-v', 'error', '-y', ...args])

/** Seconds. */
export const MEDIA_LENGTH = 8

/** What is said in every video of the double. */
export const PROGRAMME: readonly PlacedWord[] = [
  { word: 'four', at: 0.5 },
  { word: 'seven', at: 1.2 },
  { word: 'one', at: 2 },
  { word: 'one', at: 2.8 },
  { word: 'nine', at: 4.6 },
  { word: 'zero', at: 5.4 },
  { word: 'three', at: 6.7 },
]

/** Seconds of the recording that is `held`; `PROGRAMME` from its beginning, over and over. */
export const HELD_LENGTH = 8 * MEDIA_LENGTH

/** What is said where a downloader that takes the wrong file ends up: TikTok's song, a dubbed track. */
export const WRONG_PROGRAMME: readonly PlacedWord[] = [
  { word: 'eight', at: 1 },
  { word: 'two', at: 3 },
]

/** Paths of the files. */
export interface Media {
  dir: string
  /** Sound alone, AAC in MP4. */
  audio: string
  /** Picture and sound. */
  clip: string
  /** Picture alone. */
  mute: string
  /** `WRONG_PROGRAMME`, AAC in MP4. */
  wrong: string
  /** A longer one, of which the last quarter is sent when `released` has resolved. */
  held: string
  released: Promise<void>
  /** The videos `pace…`. */
  paced?: Paced & { length: number }
  /** An HLS playlist of sound; its segments lie beside it as `part0.ts`… */
  playlist: string
}

export async function makeMedia(dir: string, given: Pick<Media, 'released' | 'paced'>): Promise<Media> {
  const at = (name: string) => join(dir, name)
  const media: Media = {
    dir,
    audio: at('audio.m4a'),
    clip: at('clip.mp4'),
    mute: at('mute.mp4'),
    wrong: at('wrong.m4a'),
    held: at('held.m4a'),
    ...given,
    playlist: at('hls.m3u8'),
  }
  await writeFile(at('said.wav'), wav(toneAudio(PROGRAMME, MEDIA_LENGTH)))
  await writeFile(at('wrong.wav'), wav(toneAudio(WRONG_PROGRAMME, MEDIA_LENGTH)))
  const picture = ['-f', 'lavfi', '-i', `testsrc=size=160x120:rate=10:duration=${MEDIA_LENGTH}`]
  const aac = ['-c:a', 'aac', '-b:a', '96k', '-ar', '44100', '-movflags', '+faststart']
  const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-movflags', '+faststart']
  await ffmpeg(['-i', at('said.wav'), ...aac, media.audio])
  await ffmpeg(['-i', at('wrong.wav'), ...aac, media.wrong])
  await ffmpeg(['-stream_loop', '7', '-i', at('said.wav'), ...aac, media.held])
  await ffmpeg([...picture, '-i', at('said.wav'), ...h264, ...aac, media.clip])
  await ffmpeg([...picture, ...h264, media.mute])
  const hls = ['-f', 'hls', '-hls_time', '3', '-hls_list_size', '0', '-hls_segment_filename', at('part%d.ts')]
  await ffmpeg(['-i', media.audio, '-c', 'copy', ...hls, media.playlist])
  return media
}
