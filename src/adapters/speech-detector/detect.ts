import type { Heard, SpeechSettings } from '../../ports/speech-detector.ts'
import { Levels } from './levels.ts'
import { RegionMaker } from './regions.ts'
import { levelsFor, SecondHearing } from './second-hearing.ts'
import { Listener, type Network, type Stretch } from './silero/network.ts'

/** Finds the speech of one recording. What it says does not hang on how the sound is portioned. */
export class Detection {
  readonly #listener: Listener
  readonly #second: SecondHearing
  readonly #maker: RegionMaker
  readonly #levels = new Levels()
  /** What the second hearing still waits for: it has to know what comes after a stretch. */
  readonly #waiting: Stretch[] = []
  /** Frames that are done. */
  #frames = 0
  /** Samples taken. */
  #length = 0

  constructor(network: Network, settings?: SpeechSettings) {
    this.#maker = new RegionMaker(settings)
    this.#listener = new Listener(network)
    this.#second = new SecondHearing(network)
  }

  async push(pcm: Int16Array): Promise<Heard> {
    this.#length += pcm.length
    this.#levels.push(pcm)
    this.#waiting.push(...(await this.#listener.push(pcm)))
    const probabilities = await this.#finish(this.#levels.known)
    return { regions: this.#maker.take(), probabilities, decided: this.#maker.decided }
  }

  async end(): Promise<Heard> {
    this.#levels.end()
    this.#waiting.push(...(await this.#listener.end()))
    const probabilities = await this.#finish(Infinity)
    return { regions: this.#maker.end(this.#length), probabilities, decided: this.#length }
  }

  /** @param known frames whose levels can be asked for */
  async #finish(known: number): Promise<Float32Array> {
    const probabilities: number[] = []
    while (this.#waiting.length > 0) {
      const [from, to] = levelsFor(this.#frames)
      if (to > known) break
      const stretch = this.#waiting.shift()!
      const levels = this.#levels.slice(from, to)
      const speech = await this.#second.hear(stretch, levels)
      for (const [i, probability] of speech.entries())
        this.#maker.frame(probability, levels[i - from + this.#frames]!)
      probabilities.push(...speech)
      this.#frames += speech.length
      this.#levels.forget(levelsFor(this.#frames)[0])
    }
    return Float32Array.from(probabilities)
  }
}
