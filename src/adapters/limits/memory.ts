import { count, emptyWindow, freeAt, SECONDS, slide, used, type Window } from '../../domain/limits/window.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RateLimiter } from '../../ports/rate-limiter.ts'

const SWEEP_SECONDS = 60

/** For one process alone with its database. What it counted is forgotten when it ends. */
export function memoryRateLimiter(clock: Clock): RateLimiter {
  const windows = new Map<string, Window>()
  let swept = 0

  function sweep(second: number): void {
    if (second - swept < SWEEP_SECONDS) return
    swept = second
    for (const [key, { at }] of windows) if (second - at >= SECONDS) windows.delete(key)
  }

  return {
    async take(key, limit) {
      const second = Math.floor(clock.now() / 1000)
      sweep(second)
      const before = slide(windows.get(key) ?? emptyWindow(second), second)
      const allowed = used(before) < limit
      const window = allowed ? count(before) : before
      windows.set(key, window)
      return { allowed, used: used(window), freeAt: freeAt(window) }
    },
  }
}
