import type { Decoded } from '../decoding/decoder.ts'
import { POSITION, SAMPLE_RATE } from '../units.ts'
import { alignmentMatrix } from './attention.ts'
import { warp } from './time-warping.ts'

/** Seconds of one position of the encoder. */
const STEP = POSITION / SAMPLE_RATE

/** When each token begins, seconds from the start of the window; one more for the end of the last. */
export function tokenTimes(row: Decoded, heads: number, seconds: number): number[] {
  const { tokens, attention, positions } = row
  const frames = Math.max(1, Math.min(positions, Math.ceil(seconds / STEP)))
  if (tokens.length === 0) return [seconds]
  const rows = attention.length
  const matrix = alignmentMatrix(attention, heads, positions, frames)
  const first = warp(matrix, rows, frames)
  const times = tokens.map((_, i) => Math.min(seconds, first[i]! * STEP))
  times.push(rows > tokens.length ? Math.min(seconds, first[tokens.length]! * STEP) : seconds)
  return times
}
