export interface VoiceModels {
  segmentation: string
  embedding: string
}

/** What is heard in one block of a recording. Times are seconds of the block. */
export interface HeardBlock {
  turns: { start: number; end: number; voice: number }[]
  /** By voice: what it sounds like, and how many seconds of it were there to tell; null: too little. */
  voices: ({ print: Float32Array; seconds: number } | null)[]
}

export type ToDiarizer =
  | { kind: 'load'; models: VoiceModels; threads: number }
  /** @param fine voices that are somewhat unlike are two: how many there are is known, and which are one is found later */
  | { kind: 'block'; pcm: Int16Array; fine: boolean }

export type FromDiarizer =
  | { kind: 'ready' }
  /** The models cannot be loaded. */
  | { kind: 'refused'; message: string }
  | { kind: 'heard'; heard: HeardBlock }
  | { kind: 'failed'; message: string }
