import { SAMPLE_RATE } from '../ports/engine.ts'

/** Sound whose beginning is heard twice. What was heard of it the first time is kept in memory until then. */
export class Rewound {
  readonly #sound: AsyncIterator<Int16Array>
  readonly #kept: Int16Array[] = []
  #ended = false

  constructor(sound: AsyncIterable<Int16Array>) {
    this.#sound = sound[Symbol.asyncIterator]()
  }

  /** Its beginning, once, as far as it is taken; leaving it early does not end the sound. */
  async *first(seconds: number): AsyncGenerator<Int16Array> {
    for (let samples = 0; samples < seconds * SAMPLE_RATE; ) {
      const chunk = await this.#next()
      if (!chunk) return
      this.#kept.push(chunk)
      samples += chunk.length
      yield chunk
    }
  }

  /** All of it, from the start. */
  async *all(): AsyncGenerator<Int16Array> {
    try {
      for (let chunk = this.#kept.shift(); chunk; chunk = this.#kept.shift()) yield chunk
      for (let chunk = await this.#next(); chunk; chunk = await this.#next()) yield chunk
    } finally {
      await this.#sound.return?.()
    }
  }

  async #next(): Promise<Int16Array | undefined> {
    if (this.#ended) return undefined
    const { done, value } = await this.#sound.next()
    this.#ended = done === true
    return this.#ended ? undefined : value
  }
}
