import { useReducedMotion } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Segments } from './editor/segments.ts'
import { lastBegun, type Playhead, usePlayhead } from './playhead.ts'

/** Within these parts of the window's height a line is easy to see: nothing needs to move. */
const COMFORT = { from: 0.2, to: 0.7 }
const SCROLL_KEYS = new Set(['PageUp', 'PageDown', 'Home', 'End'])

/**
 * The list of segments, which follows the player until somebody scrolls.
 * @param pinned a line that is there although it is out of sight: the caret is in it
 */
export function useLines(segments: Segments, playhead: Playhead, pinned = -1) {
  const list = useRef<HTMLOListElement>(null)
  /** Brings a line into sight that is not there yet. */
  const bring = useRef<(at: number) => void>(undefined)
  const still = useReducedMotion()
  const [following, setFollowing] = useState(true)
  const active = usePlayhead(playhead, (seconds) => lastBegun(segments, seconds))

  const show = useCallback(
    (at: number) => {
      const line = list.current?.querySelector(`[data-index="${at}"]`)
      if (!line) return bring.current?.(at)
      const { top, height } = line.getBoundingClientRect()
      const middle = (top + height / 2) / window.innerHeight
      if (middle > COMFORT.from && middle < COMFORT.to) return
      const to = window.scrollY + top + height / 2 - window.innerHeight * 0.45
      window.scrollTo({ top: to, behavior: still ? 'auto' : 'smooth' })
    },
    [still],
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

  return { list, bring, pinned, active, following, follow, onSeek, show }
}

/** The text must not run away from under the caret. */
const isTyping = (): boolean => document.activeElement instanceof HTMLTextAreaElement

export type LinesState = ReturnType<typeof useLines>
