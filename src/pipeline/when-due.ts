import { startPoll } from '../domain/leases/poll.ts'
import type { Signals, SignalTopic } from '../ports/signals.ts'

export interface DueOptions<T> {
  /** Says that something is due. */
  topic: SignalTopic
  /** How often is looked, too: signals may be lost, and times come by themselves. */
  everyMs: number
  /** How many are worked on at the same time. */
  atOnce: number
  claim(): Promise<T | undefined>
  /** Never throws. @param stopping aborted when the process stops */
  run(claimed: T, stopping: AbortSignal): Promise<void>
  failed(error: unknown): void
}

/** Works on what is due, some at a time. One in every process that works; any number may share a database. */
export function whenDue<T>(
  signals: Signals,
  { topic, everyMs, atOnce, claim, run, failed }: DueOptions<T>,
): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const poll = startPoll<T>({
    everyMs,
    claim: async (running) => (running < atOnce ? claim() : undefined),
    run: (claimed) => run(claimed, stopping.signal),
    failed,
  })
  const unsubscribe = signals.subscribe(topic, poll.look)
  return {
    async stop() {
      unsubscribe()
      stopping.abort(new Error('stopping'))
      await poll.stop()
      await poll.ended()
    },
  }
}
