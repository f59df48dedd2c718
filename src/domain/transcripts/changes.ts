/** What changes in a list of segments: a few of many go, and others come. */
import type { Segment } from '../../ports/transcript.ts'

export interface Change {
  /** Counted before any change of the same list. */
  at: number
  remove: number
  insert: readonly Segment[]
}

/** @param changes rising, none within another. Undefined: one lies beyond the end. */
export function applyChanges(
  segments: readonly Segment[],
  changes: readonly Change[],
): readonly Segment[] | undefined {
  const after: Segment[] = []
  let next = 0
  for (const { at, remove, insert } of changes) {
    if (at + remove > segments.length) return undefined
    after.push(...segments.slice(next, at), ...insert)
    next = at + remove
  }
  after.push(...segments.slice(next))
  return after
}

/** What leads from one list to another: what is alike at both ends stays, and where as many come as go, each that is alike. */
export function changesBetween(before: readonly Segment[], after: readonly Segment[]): Change[] {
  const were = before.map((segment) => JSON.stringify(segment))
  const are = after.map((segment) => JSON.stringify(segment))
  const shorter = Math.min(were.length, are.length)
  let head = 0
  while (head < shorter && were[head] === are[head]) head++
  let tail = 0
  while (tail < shorter - head && were.at(-1 - tail) === are.at(-1 - tail)) tail++
  const remove = before.length - head - tail
  const insert = after.slice(head, after.length - tail)
  if (remove === 0 && insert.length === 0) return []
  if (remove !== insert.length) return [{ at: head, remove, insert }]
  return insert.flatMap((segment, k) => {
    const at = head + k
    return were[at] === are[at] ? [] : [{ at, remove: 1, insert: [segment] }]
  })
}
