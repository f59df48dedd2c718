import type { WhisperSpec } from '../weights/spec.ts'
import { floats, type Tensor } from './sessions.ts'

/** Far below any logit, and still finite. */
const NEVER = -1e30

/**
 * What is added to the logits before the largest is taken: symbols that are no speech are never said, and at a
 * temperature noise of Gumbel's form, which makes the largest of the sums a sample of the distribution. The noise comes
 * from a generator of fixed seed, so the same sound gives the same text.
 */
export class Sampler {
  readonly #always: Float32Array
  readonly #first: Float32Array
  readonly #temperature: number
  #state = 0x9e3779b9

  constructor(spec: WhisperSpec, temperature: number) {
    this.#temperature = temperature
    this.#always = new Float32Array(spec.eot + 1)
    for (const id of spec.suppress) if (id <= spec.eot) this.#always[id] = NEVER
    this.#first = Float32Array.from(this.#always)
    for (const id of spec.suppressBegin) if (id <= spec.eot) this.#first[id] = NEVER
  }

  /** @param first whether the text begins with what is chosen now */
  bias(rows: number, first: boolean): Tensor {
    const base = first ? this.#first : this.#always
    if (this.#temperature === 0) return floats(base, [1, 1, base.length])
    const noisy = new Float32Array(rows * base.length)
    for (let i = 0; i < noisy.length; i++)
      noisy[i] = base[i % base.length]! - this.#temperature * Math.log(-Math.log(this.#uniform()))
    return floats(noisy, [rows, 1, base.length])
  }

  /** mulberry32: between 0 and 1, both excluded. */
  #uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296
  }
}
