import { type Heard, SPEECH_FRAME } from '../../ports/speech-detector.ts'
import { RegionMaker } from './regions.ts'
import { Listener, type Network } from './silero/network.ts'

/** Finds the speech of one recording. What it says does not hang on how the sound is portioned. */
export class Detection {
  readonly #listener: Listener
  readonly #maker = new RegionMaker()
  readonly #levels = new Levels()
  /** Samples taken. */
  #length = 0

  constructor(network: Network) {
    this.#listener = new Listener(network)
  }

  async push(pcm: Int16Array): Promise<Heard> {
    this.#length += pcm.length
    this.#levels.push(pcm)
    const probabilities = await this.#listener.push(pcm)
    this.#look(probabilities)
    return { regions: this.#maker.take(), probabilities, decided: this.#maker.decided }
  }

  async end(): Promise<Heard> {
    this.#levels.end()
    const probabilities = await this.#listener.end()
    this.#look(probabilities)
    return { regions: this.#maker.end(this.#length), probabilities, decided: this.#length }
  }

  #look(probabilities: Float32Array): void {
    const levels = this.#levels.take(probabilities.length)
    for (const [i, probability] of probabilities.entries()) this.#maker.frame(probability, levels[i]!)
  }
}

/** The energy of each frame. */
class Levels {
  #levels: number[] = []
  #sum = 0
  #samples = 0

  push(pcm: Int16Array): void {
    for (const sample of pcm) {
      this.#sum += sample * sample
      if (++this.#samples === SPEECH_FRAME) this.end()
    }
  }

  /** Of a frame that is not whole, too. */
  end(): void {
    if (this.#samples > 0) this.#levels.push(this.#sum)
    this.#sum = 0
    this.#samples = 0
  }

  /** The oldest that were not taken yet. */
  take(count: number): number[] {
    return this.#levels.splice(0, count)
  }
}
