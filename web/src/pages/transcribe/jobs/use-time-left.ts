import { useEffect, useState } from 'react'
import { type Sample, timeLeft, withSample } from '../time-left.ts'
import { timeLeftWords } from '../time-words.ts'

/** “about 3 minutes left”; undefined while it is too early to say. */
export function useTimeLeft(pct: number): string | undefined {
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => setSamples((before) => withSample(before, { at: Date.now(), pct })), [pct])
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const left = timeLeft(samples, now)
  return left === undefined ? undefined : timeLeftWords(left)
}
