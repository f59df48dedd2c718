import { useEffect, useMemo, useRef, useState } from 'react'
import type { Segments } from './editor/segments.ts'
import type { Mark } from './pieces.ts'
import { createPlayhead, lastBegun } from './playhead.ts'
import { marksOfQuote, type Quote } from './quote/quote.ts'
import { useFind } from './use-find.ts'
import { useLines } from './use-lines.ts'

interface Address {
  /** Seconds to begin at. */
  t?: number
  /** The end of what is quoted, which begins at `t`. */
  to?: number
  /** Words to find. */
  q?: string
}

/** Reading beside the player, begun where the address says. */
export function useReading(segments: Segments, { t, to, q }: Address, pinned?: number) {
  const [playhead] = useState(createPlayhead)
  const lines = useLines(segments, playhead, pinned)
  const near = t === undefined ? 0 : lastBegun(segments, t)
  const find = useFind(segments, { text: q, near }, lines.show)
  const arrived = useRef(false)
  useEffect(() => {
    if (arrived.current) return
    arrived.current = true
    if (t !== undefined) playhead.seek(t)
    const at = t === undefined ? find.current?.at : near
    if (at !== undefined && at > 0) lines.show(at)
  })
  const [quoted, setQuoted] = useState(t !== undefined && to !== undefined && to > t)
  const quote = useMemo<Quote | undefined>(
    () => (quoted && t !== undefined && to !== undefined ? { from: t, to } : undefined),
    [quoted, t, to],
  )
  const ofQuote = useMemo(() => (quote ? marksOfQuote(segments, quote) : NONE), [segments, quote])
  const marksOf = (at: number): readonly Mark[] => {
    const mark = ofQuote.get(at)
    return mark ? [...find.marksOf(at), mark] : find.marksOf(at)
  }
  return { playhead, lines, find, marksOf, quote, endQuote: () => setQuoted(false) }
}

const NONE: ReadonlyMap<number, Mark> = new Map()

export type Reading = ReturnType<typeof useReading>
