const TICK_MS = 1000

/**
 * Calls back after this process has been awake for a given time. Time in which the machine slept or the process was
 * stopped does not count. Returns a function that cancels it.
 */
export function afterAwake(ms: number, then: () => void): () => void {
  let left = Math.ceil(ms / TICK_MS)
  const timer = setInterval(() => {
    if (--left > 0) return
    clearInterval(timer)
    then()
  }, TICK_MS)
  return () => clearInterval(timer)
}
