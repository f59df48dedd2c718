import { SPEECH_FRAME } from '../../ports/speech-detector.ts'
import { BLOCK } from './blocks.ts'

/** Probabilities are dropped so many at a time. */
const MANY = 1000

/**
 * Keeps the PCM from which parts may still be cut, what a voice detector said of it, and no more. Fed with the
 * blocks of `blocks`.
 */
export class PartCutter {
  /** Position of the first block that is kept. */
  #base = 0
  #kept: Int16Array[] = []
  #received = 0
  /** Probabilities of speech, and the frame that the first of them is of. */
  #speech: number[] = []
  #speechFrom = 0

  /** Samples that came in so far. */
  get received(): number {
    return this.#received
  }

  push(block: Int16Array): void {
    this.#kept.push(block)
    this.#received += block.length
  }

  forget(before: number): void {
    while (this.#kept.length > 0 && this.#base + BLOCK <= before) {
      this.#kept.shift()
      this.#base += BLOCK
    }
    const over = Math.floor(before / SPEECH_FRAME) - this.#speechFrom
    if (over >= MANY) this.#speechFrom += this.#speech.splice(0, over).length
  }

  /** Takes what a voice detector said of the next frames. */
  hear(probabilities: Float32Array): void {
    for (const probability of probabilities) this.#speech.push(probability)
  }

  /**
   * How likely it is that speech is in each 32 ms of a part, by the detector's frame that is nearest: a part need
   * not begin where a frame does, and 16 ms are as much as that can be off. Undefined where no detector listens.
   */
  speech(start: number, end: number): Float32Array | undefined {
    if (this.#speech.length === 0) return undefined
    const first = Math.round(start / SPEECH_FRAME) - this.#speechFrom
    const length = Math.ceil((end - start) / SPEECH_FRAME)
    // What a part begins or ends with beyond the frames is less than half a frame.
    return Float32Array.from({ length }, (_, i) => this.#speech[first + i] ?? 0)
  }

  /** A copy. @throws RangeError when some of it was forgotten or has not come in: a fault of the planner. */
  slice(start: number, end: number): Int16Array {
    if (start < this.#base || end > this.#received || end < start)
      throw new RangeError(`no PCM for ${start}…${end}, only ${this.#base}…${this.#received}`)
    const pcm = new Int16Array(end - start)
    for (let at = start; at < end; ) {
      const offset = at - this.#base
      const block = this.#kept[Math.floor(offset / BLOCK)]!
      const piece = block.subarray(offset % BLOCK, (offset % BLOCK) + end - at)
      pcm.set(piece, at - start)
      at += piece.length
    }
    return pcm
  }
}
