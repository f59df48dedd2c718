import type { Heard, SpeechDetector, SpeechSettings, SpeechStream } from '../../ports/speech-detector.ts'
import type { Finder, Found } from './finder.ts'

/** Regions of speech from a detector that looks at the recording elsewhere (see the port). */
export class SileroFinder implements Finder {
  readonly #stream: SpeechStream

  constructor(detector: SpeechDetector, settings?: SpeechSettings) {
    this.#stream = detector.open(settings)
  }

  async push(block: Int16Array): Promise<Found> {
    return found(await this.#stream.push(block))
  }

  async end(): Promise<Found> {
    return found(await this.#stream.end())
  }

  close(): void {
    this.#stream.close()
  }
}

const found = ({ regions, probabilities, decided }: Heard): Found => ({
  regions,
  probabilities,
  settled: decided,
})
