/** Frames of 20 ms in a minimum, and minima that are remembered: 30 s in all. */
const FRAMES = 50
const MINIMA = 30
/** What is assumed before 30 s were heard: quiet, so that a recording that begins with sound loses none. */
const ASSUMED = -72

/**
 * The level of the noise under a recording: the lowest of the last 30 s (minimum statistics, after Martin,
 * "Noise power spectral density estimation based on optimal smoothing and minimum statistics", 2001, without
 * the smoothing). Sound with any dip in 30 s does not raise it.
 */
export class NoiseFloor {
  readonly #minima: number[] = Array.from({ length: MINIMA }, () => ASSUMED)
  #current = Infinity
  #frames = 0
  #lowest = ASSUMED

  /** Takes a frame's level in dB and gives the noise's. */
  next(level: number): number {
    this.#current = Math.min(this.#current, level)
    if (++this.#frames === FRAMES) {
      this.#minima.shift()
      this.#minima.push(this.#current)
      this.#lowest = Math.min(...this.#minima)
      this.#current = Infinity
      this.#frames = 0
    }
    return Math.min(this.#lowest, this.#current)
  }
}
