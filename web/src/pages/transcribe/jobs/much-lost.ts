import type { TranscriptionSummary } from '../../../../../src/contract/native.ts'

const LONG_SECONDS = 20 * 60
const LONG_AT_WORK_MS = 2 * 60_000

/** Whether cancelling loses much work: a running transcription that is long, or has run for a while. */
export function isMuchLost(
  {
    state,
    durationSeconds,
    startedAt,
  }: Pick<TranscriptionSummary, 'state' | 'durationSeconds' | 'startedAt'>,
  now: number,
): boolean {
  if (state !== 'running' || startedAt === null) return false
  return (durationSeconds ?? 0) >= LONG_SECONDS || now - Date.parse(startedAt) >= LONG_AT_WORK_MS
}
