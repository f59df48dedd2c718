/** Starts the items of batches. */
import { claimBatch, feed } from '../domain/batches/feed.ts'
import type { PipelineDeps } from './context.ts'
import { whenDue } from './when-due.ts'

export function startBatchFeeder(deps: PipelineDeps): { stop(): Promise<void> } {
  const feedDeps = {
    ...deps,
    unexpected: (err: unknown, { id }: { id: string }) =>
      deps.logger.error({ err, batch: id }, 'an item of a batch could not be begun'),
  }
  return whenDue(deps.signals, {
    topic: 'batch.due',
    everyMs: 1000,
    // Several, so that a batch whose links are slow to resolve does not block the others.
    atOnce: 4,
    claim: () => claimBatch(deps),
    run: (claimed, stopping) =>
      feed(feedDeps, claimed, stopping).catch((err: unknown) =>
        deps.logger.error({ err, batch: claimed.row.id }, 'a batch could not be fed'),
      ),
    failed: (err) => deps.logger.error({ err }, 'cannot look for batches'),
  })
}
