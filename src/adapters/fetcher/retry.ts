import { setTimeout as sleep } from 'node:timers/promises'
import { FetchError, type FetchErrorCode } from '../../ports/fetcher.ts'

/** What passes by itself. Everything else is the same the next time. */
const PASSING: ReadonlySet<FetchErrorCode> = new Set(['platform_rate_limited', 'network'])

/**
 * Does `work`, and again after each of the pauses (ms, lengthened at random by up to a half so that many
 * jobs do not come back at once) while it fails in a way that may pass.
 */
export async function withRetries<T>(
  pauses: readonly number[],
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof FetchError && PASSING.has(error.code))) throw error
      await sleep(pause * (1 + Math.random() / 2), undefined, { signal })
    }
  }
  return await work()
}
