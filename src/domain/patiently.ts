import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from './context.ts'

const PAUSE_MS = 250
const PATIENCE_MS = 30_000

/**
 * Reads again, for half a minute, where the database is out of reach. Only for what may be done twice: of a
 * write nobody knows whether it came through.
 */
export async function patiently<T>(
  { databaseAway }: Pick<Deps, 'databaseAway'>,
  signal: AbortSignal,
  read: () => Promise<T>,
): Promise<T> {
  for (let left = PATIENCE_MS; ; left -= PAUSE_MS) {
    try {
      return await read()
    } catch (error) {
      if (left <= 0 || signal.aborted || !databaseAway(error)) throw error
      await sleep(PAUSE_MS)
    }
  }
}
