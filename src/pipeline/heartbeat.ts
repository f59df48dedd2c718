import { hostname } from 'node:os'
import { beat, leave, saySpare } from '../domain/workers/beat.ts'
import { recognises } from '../domain/workers/roles.ts'
import type { PipelineDeps } from './context.ts'

const BEAT_MS = 10_000
/** What is free for others changes more quickly. */
const SPARE_MS = 1000

export interface Said {
  /** Transcriptions under way. */
  running(): number
  /** Parts of others that can be heard now. */
  spare(): number
  store: string
}

/** Says every few seconds that this worker lives and how it is, until stopped. */
export function startHeartbeat(
  deps: PipelineDeps,
  id: string,
  { running, spare, store }: Said,
): { stop(): Promise<void> } {
  let last: Promise<void> = Promise.resolve()
  let saidSpare = 0

  async function once(): Promise<void> {
    const { engine, diarizer, drawing, role, only } = deps
    const fault = await engine.probe(BEAT_MS).then(
      () => null,
      (error: Error) => error.message,
    )
    saidSpare = spare()
    const said = {
      role,
      models: recognises(role) ? engine.models() : [],
      hearsUnnamed: only?.unnamed ?? true,
      slots: engine.slotStates(),
      diarizes: diarizer.available(),
      makesVideos: await drawing.makesVideos(),
      lacksScripts: await drawing.lacksScripts(),
      running: running(),
      spare: saidSpare,
      store,
      fault,
    }
    await beat(deps, { id, host: hostname(), ...said })
  }
  const next = (): void => {
    last = once().catch((error: unknown) => deps.logger.error({ err: error }, 'cannot say that I live'))
  }
  next()
  const timer = setInterval(next, BEAT_MS)
  const spareTimer = setInterval(() => {
    if (spare() === saidSpare) return
    saidSpare = spare()
    saySpare(deps, id, saidSpare).catch(() => {}) // the next beat says it
  }, SPARE_MS)
  return {
    async stop() {
      clearInterval(timer)
      clearInterval(spareTimer)
      await last
      await leave(deps, id).catch(() => {}) // then its row grows old
    },
  }
}
