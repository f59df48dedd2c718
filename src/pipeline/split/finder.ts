import type { SpeechRegion } from '../../ports/speech-detector.ts'

/**
 * Finds what is worth listening to. A region that is still going on is given piece by piece: pieces that
 * touch are one region, and those that do not have a pause between them.
 */
export interface Finder {
  push(block: Int16Array): Promise<Found>
  end(): Promise<Found>
  close(): void
}

export interface Found {
  /** In order, disjoint, not padded. */
  regions: SpeechRegion[]
  /** Everything before this is decided: it is in a region given by now, or nothing. */
  settled: number
  /** Of a voice detector: how likely each further frame is to be speech (see `Heard`). */
  probabilities?: Float32Array
}
