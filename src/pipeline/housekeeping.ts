import { sweepKeys } from '../domain/idempotency/sweep.ts'
import { renewDue } from '../domain/plans/renew.ts'
import { sweepUploads } from '../domain/uploads/sweep.ts'
import type { PipelineDeps } from './context.ts'

const EVERY_MS = 10 * 60_000

/** What must be done now and then, by whichever worker; doing it twice changes nothing. Returns how to stop. */
export function startHousekeeping(deps: PipelineDeps): () => Promise<void> {
  let doing: Promise<void> = Promise.resolve()
  const tidy = (): void => {
    doing = Promise.all([sweepKeys(deps), renewDue(deps), sweepUploads(deps)]).then(
      () => {},
      (error: unknown) => deps.logger.error({ err: error }, 'housekeeping failed'),
    )
  }
  tidy()
  const timer = setInterval(tidy, EVERY_MS)
  return async () => {
    clearInterval(timer)
    await doing
  }
}
