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
  const begun = performance.now()
  for (;;) {
    try {
      return await read()
    } catch (error) {
      // A try may itself have taken long, where the database does not answer.
      if (performance.now() - begun > PATIENCE_MS || signal.aborted || !databaseAway(error)) throw error
      await sleep(PAUSE_MS)
    }
  }
}
