import { hostname } from 'node:os'
import { beat, leave } from '../domain/workers/beat.ts'
import type { PipelineDeps } from './context.ts'

const BEAT_MS = 10_000

/** Says every few seconds that this worker lives and how it is, until stopped. */
export function startHeartbeat(
  deps: PipelineDeps,
  id: string,
  running: () => number,
): { stop(): Promise<void> } {
  let last: Promise<void> = Promise.resolve()

  async function once(): Promise<void> {
    const { engine, diarizer } = deps
    const fault = await engine.probe(BEAT_MS).then(
      () => null,
      (error: Error) => error.message,
    )
    const said = {
      models: engine.models(),
      slots: engine.slotStates(),
      diarizes: diarizer.available(),
      running: running(),
      fault,
    }
    await beat(deps, { id, host: hostname(), ...said })
  }
  const next = (): void => {
    last = once().catch((error: unknown) => deps.logger.error({ err: error }, 'cannot say that I live'))
  }
  next()
  const timer = setInterval(next, BEAT_MS)
  return {
    async stop() {
      clearInterval(timer)
      await last
      await leave(deps, id).catch(() => {}) // then its row grows old
    },
  }
}
