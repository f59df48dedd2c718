/** What a Whisper's trained weights look like to those who read them, however they are stored. */

export interface WhisperShape {
  encoderLayers: number
  decoderLayers: number
  width: number
  heads: number
  mels: number
  vocabulary: number
  /** Positions of the encoder: 1500, two a 20 ms frame of mel, 30 seconds. */
  audioContext: number
  /** Positions of the decoder: 448. */
  textContext: number
}

/**
 * Tensors go by CTranslate2's names, in its fused form: the self-attention's `linear_0` holds queries, keys and values
 * one below the other (the keys' bias is zero), the cross-attention's `linear_1` keys and values.
 */
export interface WhisperWeights {
  readonly shape: WhisperShape
  dims(name: string): readonly number[] | undefined
  /**
   * float32, row-major; matrices are [out, in]. Read from the file at each call, into an array that is the caller's:
   * only what is asked for is in memory.
   */
  read(name: string): Float32Array
  close(): void
}

/** Weights before anyone has looked whether they make a Whisper. */
export interface Tensors {
  dims(name: string): readonly number[] | undefined
  read(name: string): Float32Array
  close(): void
}

/** Weights that can't be used: one line that says why, and what to do. */
export class WeightsError extends Error {
  override name = 'WeightsError'
}
