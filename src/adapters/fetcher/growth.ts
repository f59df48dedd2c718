import { FetchError } from '../../ports/fetcher.ts'

/**
 * Gives a download up whose size does not grow for `ms`. yt-dlp alone would begin a file again without end
 * where a server cuts every answer short.
 */
export function watchGrowth(ms: number): {
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
      if (bytes <= most) return
      most = bytes
      clearTimeout(timer)
      timer = setTimeout(giveUp, ms)
    },
    stop: () => clearTimeout(timer),
  }
}
