import type { Stretch } from './ffmpeg.ts'
import { FileBytes } from './joined/bytes.ts'
import { waveData } from './joined/ends.ts'

/**
 * True when a RIFF/WAVE file promises more sound than it holds (half a second and more, since sloppy
 * writers are off by some bytes). ffmpeg reads such a file without a word. Writers that could not go back
 * to fill in the length leave 0 or a huge number there: that is no promise.
 */
export async function wavIsCutOff({ path, from, to }: Stretch): Promise<boolean> {
  const bytes = await FileBytes.open(path)
  try {
    if ((await bytes.at(from, 4)).toString('latin1') !== 'RIFF') return false
    const data = await waveData(bytes, from, to)
    if (!data || data.length === 0 || data.length >= 0x7f00_0000) return false
    return data.from + data.length - to > data.bytesPerSecond / 2
  } finally {
    await bytes.close()
  }
}
