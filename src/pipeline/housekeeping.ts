import { sweepReceipts } from '../domain/archive/purge.ts'
import { sweepBatches } from '../domain/batches/sweep.ts'
import { sweepKeys } from '../domain/idempotency/sweep.ts'
import { sweepStrays } from '../domain/media/strays.ts'
import { sweepMedia } from '../domain/media/sweep.ts'
import { sweepPartSounds } from '../domain/parts/sweep.ts'
import { renewDue } from '../domain/plans/renew.ts'
import { sweepPosts } from '../domain/posts/sweep.ts'
import { sweepTranscriptions } from '../domain/transcriptions/sweep.ts'
import { sweepUploads } from '../domain/uploads/sweep.ts'
import { sweepVideos } from '../domain/videos/sweep.ts'
import { sweepDeliveries } from '../domain/webhooks/sweep.ts'
import { sweepJobFolders } from './acquire.ts'
import type { PipelineDeps } from './context.ts'

const EVERY_MS = 10 * 60_000

const CHORES = {
  renewDue,
  sweepKeys,
  sweepMedia,
  sweepTranscriptions,
  sweepReceipts,
  sweepBatches,
  sweepPosts,
  sweepUploads,
  sweepVideos,
  sweepStrays,
  sweepPartSounds,
  sweepDeliveries,
  sweepJobFolders,
  tidyStore: ({ media, clock }: PipelineDeps) => media.tidy(clock.now()),
}

/** What must be done now and then, by whichever worker; doing it twice changes nothing. Returns how to stop. */
export function startHousekeeping(deps: PipelineDeps): () => Promise<void> {
  let doing: Promise<unknown> = Promise.resolve()
  const attempt = (name: string, chore: (deps: PipelineDeps) => Promise<unknown>): Promise<unknown> =>
    chore(deps).catch((error: unknown) =>
      deps.logger.error({ err: error, chore: name }, 'housekeeping failed'),
    )
  const tidy = (): void => {
    doing = doing.then(() => Promise.all(Object.entries(CHORES).map(([name, chore]) => attempt(name, chore))))
  }
  tidy()
  const timer = setInterval(tidy, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await doing
  }
}
