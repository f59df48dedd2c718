import { SAMPLE_RATE } from '../../ports/engine.ts'

/** Samples in each chunk but the last: half a second. */
const CHUNK = SAMPLE_RATE / 2

/** Pieces of any length come in; equal ones leave. */
export class Chunks {
  #chunk = new Int16Array(CHUNK)
  #filled = 0;

  *add(pcm: Int16Array): Generator<Int16Array> {
    for (let from = 0; from < pcm.length; ) {
      const piece = pcm.subarray(from, from + CHUNK - this.#filled)
      this.#chunk.set(piece, this.#filled)
      from += piece.length
      this.#filled += piece.length
      if (this.#filled < CHUNK) return
      yield this.#chunk
      this.#chunk = new Int16Array(CHUNK)
      this.#filled = 0
    }
  }

  *silence(samples: number): Generator<Int16Array> {
    for (let left = samples; left > 0; left -= CHUNK) yield* this.add(new Int16Array(Math.min(left, CHUNK)))
  }

  *rest(): Generator<Int16Array> {
    if (this.#filled > 0) yield this.#chunk.subarray(0, this.#filled)
    this.#filled = 0
  }
}
