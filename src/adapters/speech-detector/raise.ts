import { SPEECH_FRAME } from '../../ports/speech-detector.ts'

/** What speech is raised to, in decibels above a sample of one: 24 below full scale, as broadcasters have it. */
const NORMAL = 66
/** Speech 50 dB too faint still has a few bits. Beyond that there is nothing to raise but noise. */
const MOST = 55
/** Frames on both sides that a frame is judged by: what is next to loud speech is its own echo, and stays. */
const AROUND = 8
/** Frames on both sides over which the gain moves. */
const GLIDE = 4

/** How many frames before and after a stretch its gains depend on: one more, since gain glides between frames. */
export const REACH = AROUND + GLIDE + 1

/**
 * The gain of each frame in decibels, from nothing to `MOST`, that brings the loudest sound around it to the normal
 * level. @param levels `REACH` more of them on both sides. @returns one more on both sides
 */
export function gainsOf(levels: readonly number[]): number[] {
  const wanted = moving(levels, AROUND, (around) => clamp(NORMAL - Math.max(...around), 0, MOST))
  return moving(wanted, GLIDE, (around) => around.reduce((sum, gain) => sum + gain, 0) / around.length)
}

function moving(
  values: readonly number[],
  reach: number,
  of: (around: readonly number[]) => number,
): number[] {
  const length = values.length - 2 * reach
  return Array.from({ length }, (_, i) => of(values.slice(i, i + 2 * reach + 1)))
}

/**
 * The sound with its gains, which glide from the middle of one frame to that of the next.
 * @param pcm `context` samples of the frame before, then whole frames
 * @param gains of each frame, and of the one before and the one after
 */
export function raised(pcm: Int16Array, context: number, gains: readonly number[]): Int16Array {
  const out = new Int16Array(pcm.length)
  const half = SPEECH_FRAME / 2
  for (let i = 0; i < pcm.length; ) {
    // From here to the next middle of a frame; the gain is exponential in decibels, so it is a product a sample.
    const at = i - context + half
    const frame = Math.floor(at / SPEECH_FRAME)
    const into = at - frame * SPEECH_FRAME
    const [from, to] = [gains[frame]!, gains[frame + 1]!]
    const step = 10 ** ((to - from) / SPEECH_FRAME / 20)
    let factor = 10 ** ((from + ((to - from) * into) / SPEECH_FRAME) / 20)
    const end = Math.min(pcm.length, i + SPEECH_FRAME - into)
    for (; i < end; i++, factor *= step) out[i] = clamp(Math.round(pcm[i]! * factor), -32_768, 32_767)
  }
  return out
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value))
