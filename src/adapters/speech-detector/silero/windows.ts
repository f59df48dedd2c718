import { SPEECH_FRAME as FRAME } from '../../../ports/speech-detector.ts'

/** Silero looks at a frame and at the last samples of the one before. */
export const CONTEXT = 64
/** Its windows within a frame. The last one reaches beyond it, into its own mirror image. */
export const WINDOW = 256
export const WINDOWS = 4
const HOP = WINDOW / 2
const MIRRORED = CONTEXT + FRAME

/** How many numbers the fold of a window has: a sum for each pair and the two that have no partner; a difference. */
export const SUMS = WINDOW / 2 + 1
export const DIFFERENCES = WINDOW / 2 - 1

/** The windows of some frames, folded: a window a row. */
export interface Folded {
  sums: Float32Array
  differences: Float32Array
}

/**
 * Folds each window at its middle: a cosine has the same value at n and at 256 - n, a sine the opposite one, so
 * the sums are enough for the cosines and the differences for the sines. That is half of the transform's work.
 * @param pcm `CONTEXT` samples and then whole frames
 */
export function fold(pcm: Int16Array): Folded {
  const frames = (pcm.length - CONTEXT) / FRAME
  const rows = frames * WINDOWS
  const sums = new Float32Array(rows * SUMS)
  const differences = new Float32Array(rows * DIFFERENCES)
  const frame = new Float32Array(CONTEXT + FRAME + CONTEXT)
  for (let f = 0; f < frames; f++) {
    for (let i = 0; i < MIRRORED; i++) frame[i] = pcm[f * FRAME + i]! / 32768
    for (let i = 0; i < CONTEXT; i++) frame[MIRRORED + i] = frame[MIRRORED - 2 - i]!
    for (let w = 0; w < WINDOWS; w++) {
      const row = f * WINDOWS + w
      const from = w * HOP
      const to = from + WINDOW
      const sum = row * SUMS
      const difference = row * DIFFERENCES - 1
      sums[sum] = frame[from]!
      for (let n = 1; n < WINDOW / 2; n++) {
        const a = frame[from + n]!
        const b = frame[to - n]!
        sums[sum + n] = a + b
        differences[difference + n] = a - b
      }
      sums[sum + SUMS - 1] = frame[from + WINDOW / 2]!
    }
  }
  return { sums, differences }
}
