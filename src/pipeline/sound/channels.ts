/** The two sides of a recording that has one speaker on each, as telephone systems and studios write them. */

/** One of two channels, from samples that take turns; of any other number of channels nothing is one's own. */
export const channelOf =
  (channel: number) =>
  (samples: Int16Array, channels: number): Int16Array => {
    if (channels === 1) return samples
    return Int16Array.from(
      { length: Math.floor(samples.length / channels) },
      (_, i) => samples[i * channels + channel]!,
    )
  }

/** Samples that are looked at together: 0.1 s. */
const WINDOW = 1600
/** So much of what two channels have is their own where somebody speaks on one of them… */
const OWN = 0.1
/** …for so many windows: a click is no speaker. */
const ENOUGH = 5
/** Energy per sample that counts as silence. */
const SILENT = 400

/**
 * Tells whether two channels carry different things: neither the same, nor the same louder, nor the same with the
 * wires crossed.
 */
export class Sides {
  #samples = 0
  #left = 0
  #right = 0
  #both = 0
  #windows = 0

  get areApart(): boolean {
    return this.#windows >= ENOUGH
  }

  listen(samples: Int16Array): void {
    for (let at = 0; at + 1 < samples.length; at += 2) {
      const left = samples[at]!
      const right = samples[at + 1]!
      this.#left += left * left
      this.#right += right * right
      this.#both += left * right
      if (++this.#samples === WINDOW) this.#judge()
    }
  }

  #judge(): void {
    const heard = Math.max(this.#left, this.#right) > SILENT * WINDOW
    // Of two equal signals, or opposite ones, this is 0; where one is silent or another voice, about 1.
    const own = 1 - this.#both ** 2 / Math.max(1, this.#left * this.#right)
    if (heard && own > OWN) this.#windows++
    this.#samples = this.#left = this.#right = this.#both = 0
  }
}
