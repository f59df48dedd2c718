import type { Logger } from 'pino'

export interface Phase {
  name: string
  run(): Promise<void>
}

/**
 * Ends the process in phases on SIGTERM or SIGINT, each given a limit of its own; a phase that fails or
 * takes too long is passed over. A second signal ends at once.
 */
export function shutDownOnSignal(phases: () => Phase[], limitMs: number, logger: Logger): void {
  let stopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1)
    stopping = true
    logger.info({ signal }, 'stopping; once more to end at once')
    void runPhases(phases(), limitMs, logger).then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

async function runPhases(phases: Phase[], limitMs: number, logger: Logger): Promise<void> {
  for (const { name, run } of phases) {
    const late = AbortSignal.timeout(limitMs)
    const limit = new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(new Error(`took longer than ${limitMs} ms`)))
    })
    await Promise.race([run(), limit]).catch((error: unknown) =>
      logger.warn({ err: error, phase: name }, 'a phase of the shutdown did not end well'),
    )
  }
}
