import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useLayoutEffect, useState } from 'react'
import type { Segments } from './editor/segments.ts'
import type { LinesState } from './use-lines.ts'

const USUAL_HEIGHT = 60

/**
 * Which lines are in sight, and where: only those are there. It belongs to the list alone, which is drawn anew with each
 * line that comes into sight or is measured; the page around it is not.
 */
export function useSeenLines(segments: Segments, { list, bring, pinned }: LinesState) {
  const margin = useTopOf(list)
  // The same function while the segments are the same: with another one every line is measured anew.
  const keyOf = useCallback((k: number) => segments[k]?.key ?? k, [segments])
  const virtualizer = useWindowVirtualizer({
    count: segments.length,
    estimateSize: () => USUAL_HEIGHT,
    getItemKey: keyOf,
    overscan: 6,
    scrollMargin: margin,
    rangeExtractor: (range) => withPinned(defaultRangeExtractor(range), pinned),
  })
  useLayoutEffect(() => {
    bring.current = (at) => virtualizer.scrollToIndex(at, { align: 'center' })
    return () => {
      bring.current = undefined
    }
  }, [bring, virtualizer])
  return { virtualizer, margin }
}

const withPinned = (range: number[], pinned: number): number[] =>
  pinned < 0 || range.includes(pinned) ? range : [...range, pinned].sort((a, b) => a - b)

/** Where an element begins on the page, kept as what is above it grows and shrinks. */
function useTopOf(element: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const measure = (): void => {
      const box = element.current?.getBoundingClientRect()
      if (box) setTop(Math.round(box.top + window.scrollY))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    measure()
    return () => observer.disconnect()
  }, [element])
  return top
}
