import { SAMPLE_RATE } from '../../ports/engine.ts'
import type { SpeechRegion } from '../../ports/speech-detector.ts'
import type { Finder, Found } from './finder.ts'
import { NoiseFloor } from './noise-floor.ts'

/** 20 ms. */
const FRAME = SAMPLE_RATE * 0.02
/** Sound begins this far above the noise and ends when it is nearer than the second, in dB. */
const ABOVE = 10
const STILL_ABOVE = 6
/** Below this nothing is sound, above that nothing is noise, in dB of full scale. */
const INAUDIBLE = -62
const LOUD = -28
/** A region ends after this much without sound. */
const HANGOVER = 0.2 * SAMPLE_RATE

/**
 * Regions of sound, of any kind, by its level above the noise around it. For recordings that are not speech,
 * or speech so unusual that Silero does not know it; it would rather take noise for sound than lose a word.
 */
export class EnergyFinder implements Finder {
  readonly #floor = new NoiseFloor()
  /** Samples looked at. */
  #at = 0
  /** Start of the region under way, or of its part that was not given yet. */
  #start: number | null = null
  /** End of its last frame with sound. */
  #end = 0

  async push(block: Int16Array): Promise<Found> {
    const regions: SpeechRegion[] = []
    for (let i = 0; i < block.length; i += FRAME) this.#look(block.subarray(i, i + FRAME), regions)
    // Of a region under way, what has sounded so far is certain.
    this.#give(regions)
    return { regions, settled: this.#start ?? this.#at }
  }

  async end(): Promise<Found> {
    return { regions: [], settled: this.#at }
  }

  close(): void {}

  #look(frame: Int16Array, regions: SpeechRegion[]): void {
    const level = decibels(frame)
    const floor = this.#floor.next(level)
    const threshold = floor + (this.#start === null ? ABOVE : STILL_ABOVE)
    const begin = this.#at
    this.#at += frame.length
    if (level > LOUD || (level > INAUDIBLE && level > threshold)) {
      this.#start ??= begin
      this.#end = this.#at
    } else if (this.#start !== null && this.#at - this.#end >= HANGOVER) {
      this.#give(regions)
      this.#start = null
    }
  }

  #give(regions: SpeechRegion[]): void {
    if (this.#start === null || this.#end <= this.#start) return
    regions.push({ start: this.#start, end: this.#end })
    this.#start = this.#end
  }
}

/** Level of PCM in dB of full scale. */
function decibels(pcm: Int16Array): number {
  let sum = 0
  for (const sample of pcm) sum += sample * sample
  return 10 * Math.log10(sum / pcm.length / 2 ** 30 + 1e-12)
}
