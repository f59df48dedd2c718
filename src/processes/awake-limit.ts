const TICK_MS = 1000

/**
 * Calls when this process was awake for so long: a laptop's lid, or a process that was stopped, takes nothing from a
 * program's time. Returns how to end that.
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
