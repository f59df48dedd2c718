import { useEffect, useRef, useState } from 'react'
import type { Segments } from './editor/segments.ts'
import { createPlayhead, lastBegun } from './playhead.ts'
import { useFind } from './use-find.ts'
import { useLines } from './use-lines.ts'

/** Reading beside the player, begun where the address says: at `t` seconds, or at the words `q`. */
export function useReading(segments: Segments, { t, q }: { t?: number; q?: string }, pinned?: number) {
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
  return { playhead, lines, find }
}

export type Reading = ReturnType<typeof useReading>
