/**
 * How loud a recording is at each moment, for whoever draws it: lowest and highest sample of each stretch, 8 bits each,
 * as a data file of BBC's audiowaveform (version 2), which players of waveforms read.
 */
import { SAMPLE_RATE } from '../../ports/engine.ts'

/** Samples of a stretch to begin with: 20 ms. */
const FINEST = 320
/** Stretches at most, 600 kB; beyond, two become one. An hour and a half in steps of 20 ms, three hours in 40. */
const MOST = 300_000
const HEADER_BYTES = 24
const VERSION = 2
const EIGHT_BITS = 1

/** Collects them from the sound as it passes. */
export class Peaks {
  #stretch = FINEST
  #pairs = new Int8Array(2 * 4096)
  #count = 0
  #low = 0
  #high = 0
  #samples = 0

  add(pcm: Int16Array): void {
    let [low, high] = [this.#low, this.#high]
    let left = this.#stretch - this.#samples
    for (let k = 0; k < pcm.length; k++) {
      const sample = pcm[k]!
      if (sample < low) low = sample
      if (sample > high) high = sample
      if (--left > 0) continue
      this.#push(low >> 8, high >> 8)
      low = high = 0
      left = this.#stretch
    }
    this.#low = low
    this.#high = high
    this.#samples = this.#stretch - left
  }

  /** The data file of what was added so far. */
  file(): Uint8Array {
    const rest = this.#samples > 0 ? 1 : 0
    const length = this.#count + rest
    const bytes = new Uint8Array(HEADER_BYTES + 2 * length)
    const header = new DataView(bytes.buffer)
    for (const [k, value] of [VERSION, EIGHT_BITS, SAMPLE_RATE, this.#stretch, length, 1].entries())
      header.setInt32(4 * k, value, true)
    const pairs = new Int8Array(bytes.buffer, HEADER_BYTES)
    pairs.set(this.#pairs.subarray(0, 2 * this.#count))
    if (rest) pairs.set([this.#low >> 8, this.#high >> 8], 2 * this.#count)
    return bytes
  }

  #push(low: number, high: number): void {
    if (2 * this.#count === this.#pairs.length) {
      const larger = new Int8Array(Math.min(2 * this.#pairs.length, 2 * MOST))
      larger.set(this.#pairs)
      this.#pairs = larger
    }
    this.#pairs[2 * this.#count] = low
    this.#pairs[2 * this.#count + 1] = high
    this.#count++
    if (this.#count < MOST) return
    this.#count = halve(this.#pairs, this.#count)
    this.#stretch *= 2
  }
}

/** Two neighbours become one, in place. @returns how many there are then */
function halve(pairs: Int8Array, count: number): number {
  for (let k = 0; k < count / 2; k++) {
    pairs[2 * k] = Math.min(pairs[4 * k]!, pairs[4 * k + 2]!)
    pairs[2 * k + 1] = Math.max(pairs[4 * k + 1]!, pairs[4 * k + 3]!)
  }
  return count / 2
}

const stretchOf = (file: Uint8Array): number => new DataView(file.buffer, file.byteOffset).getInt32(12, true)

/** The waveform of both channels of a call, which were heard one after the other. */
export function bothChannels(first: Uint8Array, second: Uint8Array): Uint8Array {
  // Some samples more, and the one has half as many stretches: then it is drawn by the other alone.
  if (stretchOf(first) !== stretchOf(second)) return first
  const [longer, shorter] = first.length >= second.length ? [first, second] : [second, first]
  const both = longer.slice()
  const [to, from] = [both, shorter].map((file) => new Int8Array(file.buffer, file.byteOffset + HEADER_BYTES))
  for (let k = 0; k < from!.length; k += 2) {
    to![k] = Math.min(to![k]!, from![k]!)
    to![k + 1] = Math.max(to![k + 1]!, from![k + 1]!)
  }
  return both
}
