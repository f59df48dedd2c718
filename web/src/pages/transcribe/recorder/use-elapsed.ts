import { useEffect, useState } from 'react'
import { elapsed, type Stopwatch } from './stopwatch.ts'

const TICK_MS = 250

/** Seconds, as they pass. */
export function useElapsed(watch: Stopwatch): number {
  const [, setTicks] = useState(0)
  useEffect(() => {
    if (watch.since === null) return
    const timer = setInterval(() => setTicks((ticks) => ticks + 1), TICK_MS)
    return () => clearInterval(timer)
  }, [watch])
  return elapsed(watch, performance.now()) / 1000
}
