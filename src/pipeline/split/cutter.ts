import { BLOCK } from './blocks.ts'

/** Keeps the PCM from which parts may still be cut, and no more. Fed with the blocks of `blocks`. */
export class PartCutter {
  /** Position of the first block that is kept. */
  #base = 0
  #kept: Int16Array[] = []
  #received = 0

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
