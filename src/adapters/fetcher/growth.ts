import { FetchError } from '../../ports/fetcher.ts'

/** Less than the leanest sound that anybody sends takes; what comes drop by drop is no progress. */
const LEAST_BYTES = 16 * 1024

/**
 * Gives a download up that does not grow by `leastBytes` in `ms`. yt-dlp alone would begin a file again without end
 * where a server cuts every answer short.
 */
export function watchGrowth(
  ms: number,
  leastBytes = LEAST_BYTES,
): {
  signal: AbortSignal
  saw(bytes: number): void
  stop(): void
} {
  const given = new AbortController()
  const giveUp = (): void => given.abort(new FetchError('network', 'The download made no progress.'))
  let timer = setTimeout(giveUp, ms)
  let most = 0
  return {
    signal: given.signal,
    saw(bytes) {
      // The first bytes are progress, however few.
      if (bytes <= most || (most > 0 && bytes < most + leastBytes)) return
      most = bytes
      clearTimeout(timer)
      timer = setTimeout(giveUp, ms)
    },
    stop: () => clearTimeout(timer),
  }
}
