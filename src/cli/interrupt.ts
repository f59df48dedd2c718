/** Commands that are told to end (Ctrl-C, `kill`, a terminal that is closed) tidy up first. */
import { constants } from 'node:os'
import { CommandError } from './context.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs what a signal may break off; a second one ends the process at once.
 * @throws CommandError with the exit code that shells have for the signal, or what `run` throws
 */
export async function interruptible<T>(run: (signal: AbortSignal) => Promise<T>, hint = ''): Promise<T> {
  const stop = new AbortController()
  const end = (name: NodeJS.Signals): void => {
    const exitCode = 128 + constants.signals[name]
    if (stop.signal.aborted) process.exit(exitCode)
    stop.abort(new CommandError(`interrupted${hint}`, exitCode))
  }
  for (const name of SIGNALS) process.on(name, end)
  try {
    return await run(stop.signal)
  } catch (cause) {
    throw stop.signal.aborted ? stop.signal.reason : cause
  } finally {
    for (const name of SIGNALS) process.off(name, end)
  }
}
