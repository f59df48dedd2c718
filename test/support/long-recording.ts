/** Hours of sound in few megabytes, which a browser plays and finds its way in. */
import { join } from 'node:path'
import { ffmpeg, makeLong } from './media.ts'

/** @returns the path of a WebM file in `dir` */
export async function makeQuietHours(dir: string, hours: number): Promise<string> {
  const minute = join(dir, 'minute.webm')
  const frugal = ['-c:a', 'libopus', '-b:a', '6k', '-frame_duration', '60']
  await ffmpeg(['-f', 'lavfi', '-i', 'sine=frequency=220:duration=60', ...frugal, minute])
  const long = join(dir, 'long.webm')
  await makeLong(minute, long, hours * 60)
  return long
}
