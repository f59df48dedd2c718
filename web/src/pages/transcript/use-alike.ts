import { useState } from 'react'

/** The one before, for as long as what comes is alike: what is drawn from it need not be drawn anew. */
export function useAlike<T>(now: T, alike: (before: T, now: T) => boolean): T {
  const [kept, keep] = useState(now)
  if (kept === now || alike(kept, now)) return kept
  keep(now)
  return now
}

/** Lists of the same values, or of values that are alike. */
export const listsAlike = <T>(
  before: readonly T[],
  now: readonly T[],
  alike: (before: T, now: T) => boolean = Object.is,
): boolean => before.length === now.length && before.every((value, k) => alike(value, now[k] as T))
