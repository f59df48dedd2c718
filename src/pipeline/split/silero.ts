import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { SpeechDetector, SpeechRegion, SpeechStream } from '../../ports/speech-detector.ts'
import type { Finder, Found } from './finder.ts'

/**
 * A detector tells of a region when it ends, and of silence never. Since it ends regions after 25 s at the
 * latest, what is older than this and in no region is silence, and need not be kept.
 */
const DECIDED_AFTER = 60 * SAMPLE_RATE

/** Regions of speech from a detector that looks at the recording elsewhere (see the port). */
export class SileroFinder implements Finder {
  readonly #stream: SpeechStream
  #at = 0
  #settled = 0

  constructor(detector: SpeechDetector) {
    this.#stream = detector.open()
  }

  async push(block: Int16Array): Promise<Found> {
    const regions = await this.#stream.push(block)
    this.#at += block.length
    return this.#found(regions, this.#at - DECIDED_AFTER)
  }

  async end(): Promise<Found> {
    return this.#found(await this.#stream.end(), this.#at)
  }

  close(): void {
    this.#stream.close()
  }

  #found(given: SpeechRegion[], decided: number): Found {
    const regions = given
      .map(({ start, end }) => ({ start: Math.max(start, this.#settled), end: Math.min(end, this.#at) }))
      .filter(({ start, end }) => end > start)
    this.#settled = Math.max(this.#settled, regions.at(-1)?.end ?? 0, decided)
    return { regions, settled: this.#settled }
  }
}
