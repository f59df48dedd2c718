import { useMemo, useState } from 'react'
import { type Segments, speakersOf } from '../editor/segments.ts'

/** Everybody who speaks, in an order that stays while lines are given from one to another: keys and colours go by it. */
export function useSpeakers(segments: Segments): readonly string[] {
  const now = useMemo(() => speakersOf(segments), [segments])
  const [known, setKnown] = useState<readonly string[]>(now)
  const names = inOrder(known, now)
  if (names !== known) setKnown(names)
  return names
}

/** Who comes is the last, unless it is only another name for who was there. The same list where nothing changes. */
export function inOrder(known: readonly string[], now: readonly string[]): readonly string[] {
  const gone = known.filter((name) => !now.includes(name))
  const fresh = now.filter((name) => !known.includes(name))
  if (gone.length === 0 && fresh.length === 0) return known
  if (gone.length === 1 && fresh.length === 1)
    return known.map((name) => (name === gone[0] ? (fresh[0] ?? name) : name))
  return [...known.filter((name) => now.includes(name)), ...fresh]
}
