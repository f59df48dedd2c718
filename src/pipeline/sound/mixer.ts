/**
 * Many channels to one so that nobody is lost. Adding them up is not enough: a channel whose wire was soldered
 * the wrong way round (`right = -left`) cancels the other, and of 32 microphones the one that is spoken into
 * would be heard 30 dB too low.
 */

/** Statistics forget in this time, samples (0.1 s): a syllable decides for itself. */
const MEMORY = 1600
/** A channel is turned round where it would take away more than this of what the others say… */
const OPPOSED = -0.5
/** …and back where it would no longer. In between it stays, so that it does not flutter. */
const AGREED = -0.2
/** Coefficients change over so many samples (10 ms): no clicks. */
const FADE = 160
/** Energy per sample that counts as silence. */
const SILENT = 4

export class Mixer {
  readonly #channels: number
  /** Of each channel: 1, or -1 where it is turned round. */
  readonly #signs: Float64Array
  /** Of each channel, and of it with those before it. */
  readonly #energies: Float64Array
  readonly #agreements: Float64Array
  readonly #sums: Float64Array
  #mixed = 0
  #coefficients: Float64Array | undefined

  constructor(channels: number) {
    this.#channels = channels
    this.#signs = new Float64Array(channels).fill(1)
    this.#energies = new Float64Array(channels)
    this.#agreements = new Float64Array(channels)
    this.#sums = new Float64Array(channels)
  }

  mix(samples: Int16Array): Int16Array {
    const channels = this.#channels
    if (channels === 1) return samples
    const length = Math.floor(samples.length / channels)
    const sum = this.#added(samples, length)
    const gain = channels === 2 ? 0.5 : this.#gain(sum, length)
    const next = this.#signs.map((sign) => sign * gain)
    const before = this.#coefficients ?? next
    this.#coefficients = next
    if (next.every((value, k) => value === before[k])) return scaled(sum, gain)
    return faded(samples, channels, before, next)
  }

  /** The channels added up, each turned round where it speaks against those before it. */
  #added(samples: Int16Array, length: number): Float64Array {
    const channels = this.#channels
    const keep = Math.exp(-length / MEMORY)
    const sum = new Float64Array(length)
    for (let k = 0; k < channels; k++) {
      let energy = 0
      let agreement = 0
      let others = 0
      for (let i = 0, at = k; i < length; i++, at += channels) {
        const x = samples[at]!
        const y = sum[i]!
        energy += x * x
        agreement += x * y
        others += y * y
      }
      this.#energies[k] = this.#energies[k]! * keep + energy
      this.#agreements[k] = this.#agreements[k]! * keep + agreement
      this.#sums[k] = this.#sums[k]! * keep + others
      const both = Math.sqrt(this.#energies[k]! * this.#sums[k]!)
      if (both > SILENT * MEMORY) {
        const share = this.#agreements[k]! / both
        if (share < OPPOSED) this.#signs[k] = -1
        else if (share > AGREED) this.#signs[k] = 1
      }
      const sign = this.#signs[k]!
      for (let i = 0, at = k; i < length; i++, at += channels) sum[i]! += sign * samples[at]!
    }
    return sum
  }

  /** As loud as the loudest channel is: who speaks alone into one of many is heard as if there were no others. */
  #gain(sum: Float64Array, length: number): number {
    let energy = 0
    for (const y of sum) energy += y * y
    this.#mixed = this.#mixed * Math.exp(-length / MEMORY) + energy
    const loudest = Math.max(...this.#energies)
    return this.#mixed > loudest ? Math.sqrt(loudest / this.#mixed) : 1
  }
}

function scaled(sum: Float64Array, gain: number): Int16Array {
  const mono = new Int16Array(sum.length)
  for (let i = 0; i < mono.length; i++) mono[i] = clipped(sum[i]! * gain)
  return mono
}

function faded(samples: Int16Array, channels: number, from: Float64Array, to: Float64Array): Int16Array {
  const mono = new Int16Array(Math.floor(samples.length / channels))
  const fade = Math.min(FADE, mono.length)
  for (let i = 0; i < mono.length; i++) {
    const done = i < fade ? (i + 1) / fade : 1
    let y = 0
    for (let k = 0; k < channels; k++)
      y += samples[i * channels + k]! * (from[k]! + (to[k]! - from[k]!) * done)
    mono[i] = clipped(y)
  }
  return mono
}

const clipped = (value: number): number => Math.max(-32768, Math.min(32767, Math.round(value)))
