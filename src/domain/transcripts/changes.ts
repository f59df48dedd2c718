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
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && same(before[head], after[head])) head++
  let tail = 0
  while (tail < shorter - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail++
  const remove = before.length - head - tail
  const insert = after.slice(head, after.length - tail)
  if (remove === 0 && insert.length === 0) return []
  if (remove !== insert.length) return [{ at: head, remove, insert }]
  return insert.flatMap((segment, k) => {
    const at = head + k
    return same(before[at], segment) ? [] : [{ at, remove: 1, insert: [segment] }]
  })
}

/** Of values as JSON has them. Most segments that differ do so in their first fields: as JSON, both were written whole. */
function same(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, k) => same(each, b[k]))
    )
  const names = Object.keys(a)
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => same((a as Fields)[name], (b as Fields)[name]))
  )
}

type Fields = Record<string, unknown>
