/** Begins the items of batches. One in every process that works; any number may share a database. */
import { claimBatch, feed } from '../domain/batches/feed.ts'
import { startPoll } from '../domain/leases/poll.ts'
import type { PipelineDeps } from './context.ts'

/** Signals may be lost, and batches are looked after again by themselves. */
const LOOK_MS = 1000
/** A batch of links that their platforms are slow to resolve does not hold up the others. */
const AT_ONCE = 4

export function startBatchFeeder(deps: PipelineDeps): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const feedDeps = {
    ...deps,
    unexpected: (err: unknown, { id }: { id: string }) =>
      deps.logger.error({ err, batch: id }, 'an item of a batch could not be begun'),
  }
  const poll = startPoll({
    everyMs: LOOK_MS,
    claim: async (feeding) => (feeding < AT_ONCE ? claimBatch(deps) : undefined),
    run: (claimed) =>
      feed(feedDeps, claimed, stopping.signal).catch((err: unknown) =>
        deps.logger.error({ err, batch: claimed.row.id }, 'a batch could not be fed'),
      ),
    failed: (err) => deps.logger.error({ err }, 'cannot look for batches'),
  })
  const unsubscribe = deps.signals.subscribe('batch.due', poll.look)
  return {
    async stop() {
      unsubscribe()
      stopping.abort(new Error('stopping'))
      await poll.stop()
      await poll.ended()
    },
  }
}
