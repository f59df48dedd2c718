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

/** Two deaths of its own, or so many kills by somebody else that it must be what is too large for the machine. */
const MOST_DEATHS = 2
export const MOST_KILLS = 5

export const isBlamed = ({ attempts, kills }: { attempts: number; kills: number }): boolean =>
  attempts >= MOST_DEATHS || kills >= MOST_KILLS

/**
 * How long a part waits whose process was killed from outside: after the first time not at all, then 2, 10 and 50 s with
 * the usual base. Meanwhile processes run without it, so it shows whether they are killed, too; and what is short of
 * memory for a moment has time to end.
 */
export const retryDelayMs = (kills: number, baseMs: number): number =>
  kills <= 1 ? 0 : baseMs * 4 * 5 ** (kills - 2)
