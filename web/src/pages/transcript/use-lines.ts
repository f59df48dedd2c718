import { useReducedMotion } from '@mantine/hooks'
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Segments } from './editor/segments.ts'
import { lastBegun, type Playhead, usePlayhead } from './playhead.ts'

const USUAL_HEIGHT = 60
/** Within these parts of the window's height a line is easy to see: nothing needs to move. */
const COMFORT = { from: 0.2, to: 0.7 }
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End'])

/**
 * The list of segments: only what is seen is there, and it follows the player until somebody scrolls.
 * @param pinned a line that is there although it is out of sight: the caret is in it
 */
export function useLines(segments: Segments, playhead: Playhead, pinned = -1) {
  const list = useRef<HTMLOListElement>(null)
  const margin = useTopOf(list)
  const still = useReducedMotion()
  const [following, setFollowing] = useState(true)
  const active = usePlayhead(playhead, (seconds) => lastBegun(segments, seconds))
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

  const show = useCallback(
    (at: number) => {
      const line = list.current?.querySelector(`[data-index="${at}"]`)
      if (!line) return virtualizer.scrollToIndex(at, { align: 'center' })
      const { top, height } = line.getBoundingClientRect()
      const middle = (top + height / 2) / window.innerHeight
      if (middle > COMFORT.from && middle < COMFORT.to) return
      const to = window.scrollY + top + height / 2 - window.innerHeight * 0.45
      window.scrollTo({ top: to, behavior: still ? 'auto' : 'smooth' })
    },
    [virtualizer, still],
  )

  useEffect(() => {
    if (following && active >= 0 && playhead.isPlaying() && !isTyping()) show(active)
  }, [active, following, playhead, show])

  useEffect(() => {
    const leave = (): void => {
      if (playhead.isPlaying()) setFollowing(false)
    }
    const onKey = ({ key }: KeyboardEvent): void => {
      if (SCROLL_KEYS.has(key)) leave()
    }
    window.addEventListener('wheel', leave, { passive: true })
    window.addEventListener('touchmove', leave, { passive: true })
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('wheel', leave)
      window.removeEventListener('touchmove', leave)
      window.removeEventListener('keydown', onKey)
    }
  }, [playhead])

  const follow = useCallback(() => {
    setFollowing(true)
    if (active >= 0) show(active)
  }, [active, show])

  const onSeek = useCallback(() => setFollowing(true), [])

  return { list, margin, virtualizer, active, following, follow, onSeek, show }
}

const withPinned = (range: number[], pinned: number): number[] =>
  pinned < 0 || range.includes(pinned) ? range : [...range, pinned].sort((a, b) => a - b)

/** The text must not run away from under the caret. */
const isTyping = (): boolean => document.activeElement instanceof HTMLTextAreaElement

export type LinesState = ReturnType<typeof useLines>

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
