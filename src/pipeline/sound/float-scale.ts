/**
 * Floating-point WAV goes from -1 to 1, and ffmpeg clips what is beyond. Some programs write the numbers of whole samples
 * there, from -32768 to 32767: all of that would be clipped.
 */
import { type LocalFile, stretchOf } from '../ffmpeg.ts'
import { FileBytes } from '../joined/bytes.ts'
import { untold, waveData } from '../joined/ends.ts'

/** 24 dB more than there is: mixes that are far too loud stay below. */
const FAR_BEYOND = 16
/** Of the samples that are not silent, so many are beyond it where the scale is another. */
const SHARE = 0.01
/** The scales of 16, 24 and 32 bits. Louder than twice the last is no sound. */
const SCALES = [2 ** 15, 2 ** 23, 2 ** 31]
/** Places that are looked at, from the beginning to the end, and bytes of each. */
const PLACES = 24
const LOOKED_AT = 64 * 1024

/** What the samples of a file have to be divided by; 1: they are as they should be. */
export async function scaleOf(file: LocalFile): Promise<number> {
  const { path, from, to } = await stretchOf(file)
  const bytes = await FileBytes.open(path)
  try {
    if (!/^(RIFF|RF64)$/.test((await bytes.at(from, 4)).toString('latin1'))) return 1
    const data = await waveData(bytes, from, to)
    if (data?.floatBits !== 32 && data?.floatBits !== 64) return 1
    const each = data.floatBits / 8
    const end = untold(data.length) ? to : Math.min(to, data.from + data.length)
    const step = Math.max(LOOKED_AT, Math.ceil((end - data.from) / PLACES / each) * each)
    const levels = new Levels()
    for (let at = data.from; at < end; at += step)
      levels.add(await bytes.at(at, Math.min(LOOKED_AT, end - at)), each)
    return levels.scale()
  } finally {
    await bytes.close()
  }
}

class Levels {
  #peak = 0
  #sounding = 0
  #beyond = 0

  add(bytes: Buffer, each: number): void {
    for (let at = 0; at + each <= bytes.length; at += each) {
      const level = Math.abs(each === 4 ? bytes.readFloatLE(at) : bytes.readDoubleLE(at))
      if (level === 0 || Number.isNaN(level)) continue
      this.#sounding++
      if (level > FAR_BEYOND) this.#beyond++
      if (level > this.#peak) this.#peak = level
    }
  }

  scale(): number {
    if (this.#beyond < SHARE * this.#sounding || this.#beyond === 0) return 1
    // Twice as much: of whole samples, too, some were mixed too loud.
    return SCALES.find((scale) => this.#peak <= 2 * scale) ?? 1
  }
}
