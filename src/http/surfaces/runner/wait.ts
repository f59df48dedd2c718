import { setTimeout as sleep } from 'node:timers/promises'
import type { ClaimBody, ClaimedPartReply } from '../../../contract/runner.ts'
import { backFromRunner, claimForRunner } from '../../../domain/runners/hear.ts'
import type { RunnerRow } from '../../../domain/runners/table.ts'
import { requireCounting } from '../../../domain/runners/tokens.ts'
import type { HttpDeps } from '../../context.ts'

/** Signals may be lost. */
const LOOK_MS = 2000

/** Long polling: parts as soon as there are some; none where the time is over, the runner gone, or the server stopping. */
export async function waitForParts(
  deps: HttpDeps,
  row: RunnerRow,
  { models, room, waitSeconds }: ClaimBody,
  gone: AbortSignal,
): Promise<ClaimedPartReply[]> {
  const over = AbortSignal.any([
    gone,
    AbortSignal.timeout(waitSeconds * 1000),
    ...(deps.stopping ? [deps.stopping] : []),
  ])
  let wake = (): void => {}
  const unsubscribe = deps.signals.subscribe('part.open', () => wake())
  try {
    for (;;) {
      let heard = false
      const called = new AbortController()
      wake = () => {
        heard = true
        called.abort()
      }
      const parts = await claimForRunner(deps, row, { models, room })
      // It will not hear of them, and others need not wait until its claims have run out.
      if (gone.aborted) for (const part of parts) await backFromRunner(deps, part, false)
      if (parts.length > 0 || over.aborted) return parts
      if (!heard)
        await sleep(LOOK_MS, undefined, { signal: AbortSignal.any([over, called.signal]) }).catch(() => {})
      if (over.aborted) return []
      // A token that was revoked meanwhile gets nothing more.
      await requireCounting(deps, row.id)
    }
  } finally {
    unsubscribe()
  }
}
