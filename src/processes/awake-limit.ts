/** Whoever slept has missed one tick, however long it was. */
const TICK_MS = 1000

/**
 * Calls back after this process has been awake for a given time. Time in which the machine slept or the process was
 * stopped does not count. Returns a function that cancels it.
 */
export function afterAwake(ms: number, then: () => void): () => void {
  const tick = Math.max(1, Math.min(ms, TICK_MS))
  let left = Math.ceil(ms / tick)
  const timer = setInterval(() => {
    if (--left > 0) return
    clearInterval(timer)
    then()
  }, tick)
  return () => clearInterval(timer)
}
