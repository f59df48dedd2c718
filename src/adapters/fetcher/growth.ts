import { FetchError } from '../../ports/fetcher.ts'
import { afterAwake } from '../../processes/awake-limit.ts'

/** 4 KB a second: the leanest sound that platforms send plays at 6. */
const LEAST_BYTES_PER_SECOND = 4000

/**
 * Gives a download up that in `ms` does not grow by what the least rate asks for. yt-dlp alone waits for every drop,
 * and begins a file again without end where a server cuts every answer short.
 */
export function watchGrowth(ms: number): {
  signal: AbortSignal
  saw(bytes: number): void
  stop(): void
} {
  const given = new AbortController()
  const giveUp = (): void =>
    given.abort(new FetchError('network', 'The download made no progress, or came too slowly.'))
  const least = (LEAST_BYTES_PER_SECOND * ms) / 1000
  let stop = afterAwake(ms, giveUp)
  let before = 0
  return {
    signal: given.signal,
    saw(bytes) {
      if (bytes - before < least) return
      before = bytes
      stop()
      stop = afterAwake(ms, giveUp)
    },
    stop: () => stop(),
  }
}
