import { startPoll } from '../domain/leases/poll.ts'
import type { Signals, SignalTopic } from '../ports/signals.ts'

export interface DueOptions<T> {
  /** The signal that something is due. */
  topic: SignalTopic
  /** How often to look without a signal: signals may be lost, and some work becomes due by its time. */
  everyMs: number
  /** The most that run at the same time. */
  atOnce: number
  claim(): Promise<T | undefined>
  /** Never throws. @param stopping aborted when the process stops */
  run(claimed: T, stopping: AbortSignal): Promise<void>
  failed(error: unknown): void
}

/** Runs what is due, several at a time. One in every worker process; any number of processes may share a database. */
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
