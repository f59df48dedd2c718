import { SPEECH_FRAME as FRAME } from '../../../ports/speech-detector.ts'

/** Silero looks at a frame and at the last samples of the one before. */
export const CONTEXT = 64
/** Its windows within a frame. The last one reaches beyond it, into its own mirror image. */
export const WINDOW = 256
export const WINDOWS = 4
const HOP = WINDOW / 2
const MIRRORED = CONTEXT + FRAME
/** Silero takes samples from -1 to 1. */
const SCALE = 1 / 32_768

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
  const sums = new Float32Array(frames * WINDOWS * SUMS)
  const differences = new Float32Array(frames * WINDOWS * DIFFERENCES)
  const frame = new Float32Array(MIRRORED + CONTEXT)
  let sum = 0
  let difference = 0
  for (let start = 0; start + CONTEXT < pcm.length; start += FRAME) {
    for (let i = 0; i < MIRRORED; i++) frame[i] = pcm[start + i]! * SCALE
    for (let i = 0; i < CONTEXT; i++) frame[MIRRORED + i] = frame[MIRRORED - 2 - i]!
    for (let from = 0; from < WINDOWS * HOP; from += HOP) {
      sums[sum++] = frame[from]!
      for (let a = from + 1, b = from + WINDOW - 1; a < b; a++, b--) {
        const left = frame[a]!
        const right = frame[b]!
        sums[sum++] = left + right
        differences[difference++] = left - right
      }
      sums[sum++] = frame[from + HOP]!
    }
  }
  return { sums, differences }
}
