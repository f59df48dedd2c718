/**
 * The parts that this worker has handed over and waits for. Whoever hears one says so by a signal; a look now and then
 * finds what signals did not say, and which parts nobody will hear.
 */
import { Lost } from '../../domain/leases/lease.ts'
import { MOST_TRIES } from '../../domain/parts/claim.ts'
import { close, type Look, lookAt, takeBack } from '../../domain/parts/hand-over.ts'
import { EngineError, type Recognition } from '../../ports/engine.ts'
import { Drained, type PipelineDeps } from '../context.ts'

const LOOK_MS = 2000

/** What it was heard to be; or nobody else hears it: it is to be heard here. */
type Answer = Recognition | 'here'

interface Waiting {
  /** Somebody has it. */
  taken: boolean
  /** It is being taken back: that it is gone says nothing. */
  leaving: boolean
  resolve(answer: Answer): void
  reject(error: unknown): void
}

export interface Awaited {
  /** Handed over, and not back yet. */
  readonly size: number
  /** @throws EngineError, Lost, Drained, or the signal's reason; the part is closed but where an heir may want it */
  answer(id: string, signal: AbortSignal): Promise<Answer>
  /** Takes back the one that was handed over first of those that nobody has begun. Gives how to begin it here. */
  takeBack(): Promise<(() => void) | undefined>
  stop(): void
}

export function createAwaited(deps: Pick<PipelineDeps, 'db' | 'signals' | 'media' | 'logger'>): Awaited {
  const waiting = new Map<string, Waiting>()

  function settle({ id, outcome, by, free, tries }: Look): void {
    const one = waiting.get(id)
    if (!one) return
    one.taken = !free
    if (outcome && 'result' in outcome)
      one.resolve({ ...outcome.result, ...(by !== null && { heardBy: by }) })
    else if (outcome) one.reject(new EngineError(outcome.failure.code, outcome.failure.message))
    else if (free && tries >= MOST_TRIES)
      void withdraw(id, one)
        .then((begin) => begin?.())
        .catch(() => {}) // the next look tries again
  }

  /** Gives how to begin it here; undefined: somebody was quicker. */
  async function withdraw(id: string, one: Waiting): Promise<(() => void) | undefined> {
    one.leaving = true
    let gone = false
    try {
      gone = await takeBack(deps, id)
    } finally {
      one.leaving = gone
    }
    one.taken = !gone
    return gone ? () => one.resolve('here') : undefined
  }

  async function look(ids: readonly string[]): Promise<void> {
    const found = await lookAt(deps, ids)
    for (const each of found) settle(each)
    const there = new Set(found.map(({ id }) => id))
    // Its transcription has ended, by somebody else's hand.
    for (const id of ids) {
      const one = waiting.get(id)
      if (one && !one.leaving && !there.has(id)) one.reject(new Lost())
    }
  }
  const lookFor = (ids: readonly string[]): Promise<void> =>
    look(ids).catch((error: unknown) => deps.logger.debug({ err: error }, 'cannot see what became of parts'))

  const timer = setInterval(() => {
    if (waiting.size > 0) void lookFor([...waiting.keys()])
  }, LOOK_MS)
  const unsubscribe = deps.signals.subscribe('part.heard', (id) => {
    if (waiting.has(id)) void lookFor([id])
  })

  return {
    get size() {
      return waiting.size
    },
    async answer(id, signal) {
      let onAbort = (): void => {}
      try {
        const answer = await new Promise<Answer>((resolve, reject) => {
          onAbort = () => reject(signal.reason)
          signal.addEventListener('abort', onAbort, { once: true })
          waiting.set(id, { taken: false, leaving: false, resolve, reject })
          if (signal.aborted) onAbort()
          else void lookFor([id])
        })
        if (answer !== 'here') await close(deps, id)
        return answer
      } catch (error) {
        // Whoever goes on with the recording wants what is being heard.
        if (!(error instanceof Lost || error instanceof Drained)) await close(deps, id).catch(() => {})
        throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
        waiting.delete(id)
      }
    },
    async takeBack() {
      for (const [id, one] of waiting) {
        if (one.taken || one.leaving) continue
        const begin = await withdraw(id, one)
        if (begin) return begin
      }
      return undefined
    },
    stop() {
      clearInterval(timer)
      unsubscribe()
    },
  }
}
