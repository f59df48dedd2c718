/** A part of s seconds may take `baseMs + factor × s × 1000` before its process is taken to hang. */
export interface Deadline {
  baseMs: number
  factor: number
}

export const deadlineMs = (seconds: number, { baseMs, factor }: Deadline): number =>
  baseMs + factor * seconds * 1000

const LONGEST_DELAY_MS = 30_000

/**
 * How long to wait before a process is started again. The first death is answered at once, since it may be
 * the part's fault; after that the wait doubles.
 */
export const restartDelayMs = (failures: number, baseMs: number): number =>
  failures <= 1 ? 0 : Math.min(LONGEST_DELAY_MS, baseMs * 2 ** (failures - 2))
