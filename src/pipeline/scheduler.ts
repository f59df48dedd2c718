/**
 * Shares the engine's slots between accounts in turn. Each account's parts wait in their own line, and a
 * free slot takes from the next line: a short clip never waits behind all the parts of a long recording.
 */
import type { Engine, RecogniseOptions, Recognition } from '../ports/engine.ts'

interface Waiting {
  start(): void
}

export interface Scheduler {
  recognise(
    lane: string,
    pcm: Int16Array,
    options: RecogniseOptions,
    signal: AbortSignal,
  ): Promise<Recognition>
  /** Parts that wait for a slot. */
  readonly waiting: number
}

export function createScheduler(engine: Engine): Scheduler {
  /** Insertion order is the order of turns. */
  const lanes = new Map<string, Waiting[]>()
  let running = 0

  function next(): void {
    while (running < engine.slots) {
      const first = lanes.entries().next()
      if (first.done) return
      const [lane, line] = first.value
      const part = line.shift()!
      // To the back of the turn, behind every other lane.
      lanes.delete(lane)
      if (line.length > 0) lanes.set(lane, line)
      running++
      part.start()
    }
  }

  async function turn(lane: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        start() {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      const leave = (): void => {
        const line = lanes.get(lane)?.filter((w) => w !== waiting) ?? []
        if (line.length > 0) lanes.set(lane, line)
        else lanes.delete(lane)
        reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      lanes.set(lane, [...(lanes.get(lane) ?? []), waiting])
      next()
    })
  }

  return {
    get waiting() {
      let count = 0
      for (const line of lanes.values()) count += line.length
      return count
    },
    async recognise(lane, pcm, options, signal) {
      await turn(lane, signal)
      try {
        return await engine.recognise(pcm, options, signal)
      } finally {
        running--
        next()
      }
    },
  }
}
