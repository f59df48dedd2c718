/** Why a segment cannot have these times; undefined: it can. */
import { clock } from '../clock.ts'
import type { Segments } from './segments.ts'

const shown = (seconds: number): string => clock(seconds, { decimals: true })

export function startProblem(segments: Segments, at: number, start: number): string | undefined {
  const [before, segment, next] = [segments[at - 1], segments[at], segments[at + 1]]
  if (segment && start > segment.end) return `This line ends at ${shown(segment.end)}.`
  if (before && start < before.start) return `The line before starts at ${shown(before.start)}.`
  if (next && start > next.start) return `The next line starts at ${shown(next.start)}.`
  return undefined
}

/** @param length of the recording, seconds */
export function endProblem(segments: Segments, at: number, end: number, length?: number): string | undefined {
  const [segment, next] = [segments[at], segments[at + 1]]
  if (segment && end < segment.start) return `This line starts at ${shown(segment.start)}.`
  // Two may speak at once; what goes on behind the next line as well is a slip of the finger.
  if (next && end > Math.max(next.end, segment?.end ?? 0)) return `The next line ends at ${shown(next.end)}.`
  if (length !== undefined && end > Math.max(length, segment?.end ?? 0) + 0.001)
    return `The recording ends at ${shown(length)}.`
  return undefined
}
