/**
 * Floating-point samples go from -1 to 1, and ffmpeg clips what is beyond. Some programs write the numbers of whole
 * samples there, from -32768 to 32767: all of that would be clipped.
 */
import { type LocalFile, stretchOf } from '../ffmpeg.ts'
import { FileBytes } from '../joined/bytes.ts'
import { type FloatData, floatData } from './float-data.ts'

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
    const data = await floatData(bytes, from, to)
    if (!data) return 1
    const each = data.bits / 8
    const step = Math.max(LOOKED_AT, Math.ceil((data.to - data.from) / PLACES / each) * each)
    const levels = new Levels()
    for (let at = data.from; at < data.to; at += step)
      levels.add(await bytes.at(at, Math.min(LOOKED_AT, data.to - at)), data)
    return levels.scale()
  } finally {
    await bytes.close()
  }
}

class Levels {
  #peak = 0
  #sounding = 0
  #beyond = 0

  add(bytes: Buffer, { bits, littleEndian }: Pick<FloatData, 'bits' | 'littleEndian'>): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const each = bits / 8
    for (let at = 0; at + each <= bytes.length; at += each) {
      const sample = bits === 32 ? view.getFloat32(at, littleEndian) : view.getFloat64(at, littleEndian)
      const level = Math.abs(sample)
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
