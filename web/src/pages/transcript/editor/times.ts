/** Why a segment cannot have these times; undefined: it can. */
import { translator } from '../../../i18n/catalogue.ts'
import { clock } from '../clock.ts'
import type { Segments } from './segments.ts'

const shown = (seconds: number): string => clock(seconds, { decimals: true })

export function startProblem(segments: Segments, at: number, start: number): string | undefined {
  const t = translator('transcript')
  const [before, segment, next] = [segments[at - 1], segments[at], segments[at + 1]]
  if (segment && start > segment.end) return t('times.endsAt', { time: shown(segment.end) })
  if (before && start < before.start) return t('times.beforeStarts', { time: shown(before.start) })
  if (next && start > next.start) return t('times.nextStarts', { time: shown(next.start) })
  return undefined
}

/** @param length of the recording, seconds */
export function endProblem(segments: Segments, at: number, end: number, length?: number): string | undefined {
  const t = translator('transcript')
  const [segment, next] = [segments[at], segments[at + 1]]
  if (segment && end < segment.start) return t('times.startsAt', { time: shown(segment.start) })
  // Two may speak at once; what goes on behind the next line as well is a slip of the finger.
  if (next && end > Math.max(next.end, segment?.end ?? 0))
    return t('times.nextEnds', { time: shown(next.end) })
  if (length !== undefined && end > Math.max(length, segment?.end ?? 0) + 0.001)
    return t('times.recordingEnds', { time: shown(length) })
  return undefined
}
