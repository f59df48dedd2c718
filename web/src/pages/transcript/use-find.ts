import { useDeferredValue, useMemo, useState } from 'react'
import { type Found, findAll, type Search } from './editor/find.ts'
import type { Segments } from './editor/segments.ts'
import type { Mark } from './pieces.ts'

const NONE: readonly Mark[] = []

/** What is looked for, where it is, and at which of the places one is. */
export function useFind(segments: Segments, first: First, show: (at: number) => void) {
  const [search, setSearch] = useState(() => begin(segments, first.text ?? ''))
  const [open, setOpen] = useState(first.text !== undefined)
  const [at, setAt] = useState(() => nearest(findAll(segments, search), first.near))
  const looked = useDeferredValue(open ? search : NOTHING)
  const found = useMemo(() => findAll(segments, looked), [segments, looked])
  const index = found.length === 0 ? -1 : Math.min(at, found.length - 1)
  const current: Found | undefined = found[index]
  const marks = useMemo(() => bySegment(found, current), [found, current])
  const go = (step: number): void => {
    if (found.length === 0) return
    const next = (index + step + found.length) % found.length
    setAt(next)
    show(found[next]?.at ?? 0)
  }
  return {
    search,
    open,
    found,
    index,
    current,
    marksOf: (segment: number): readonly Mark[] => marks.get(segment) ?? NONE,
    look: (change: Partial<Search>): void => {
      setSearch((before) => ({ ...before, anyWord: false, ...change }))
      setAt(0)
    },
    setOpen,
    next: () => go(1),
    previous: () => go(-1),
  }
}

export type Find = ReturnType<typeof useFind>

/** What the address asks for: words, and the segment near which. */
interface First {
  text: string | undefined
  near: number
}

/** The words as they stand there; where they do so nowhere, each of them. */
function begin(segments: Segments, text: string): Search {
  const together = { text }
  return findAll(segments, together).length > 0 ? together : { text, anyWord: true }
}

const nearest = (found: readonly Found[], segment: number): number =>
  Math.max(
    0,
    found.findIndex(({ at }) => at >= segment),
  )

const NOTHING: Search = { text: '' }

function bySegment(found: readonly Found[], current: Found | undefined): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>()
  for (const place of found) {
    const { at, from, to } = place
    const mark = { from, to, ...(place === current && { current: true }) }
    marks.set(at, [...(marks.get(at) ?? []), mark])
  }
  return marks
}
