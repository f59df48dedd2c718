import { useSyncExternalStore } from 'react'

/**
 * Where the player is. Outside of React's state: it changes sixty times a second, and only what shows
 * something else for it is drawn anew.
 */
export interface Playhead {
  /** Seconds. */
  now(): number
  isPlaying(): boolean
  subscribe(listener: () => void): () => void
  /** For the player's `ref`. */
  attach(media: HTMLMediaElement | null): (() => void) | undefined
  seek(seconds: number): void
  skip(seconds: number): void
  play(): void
  /** Plays what lies between two seconds, and stops there, unless somebody goes elsewhere meanwhile. */
  playSpan(from: number, to: number): void
  toggle(): void
  rate(): number
  setRate(rate: number): void
}

/** Who stopped to type hears a little again before going on. */
const LEAD_IN = 0.5

/** Seconds. A busy machine or a hidden page may notice the end of a quote later than this: then it goes back to the end. */
const LATE = 0.5

const EVENTS = ['timeupdate', 'seeking', 'seeked', 'play', 'pause', 'ended', 'loadedmetadata'] as const

export function createPlayhead(): Playhead {
  let media: HTMLMediaElement | null = null
  let frame = 0
  let at = 0
  let rate = 1
  let stoppedAt: number | undefined
  let span: { from: number; to: number } | undefined
  const listeners = new Set<() => void>()
  const publish = (): void => {
    at = media?.currentTime ?? at
    if (span && at >= span.to) {
      const { to } = span
      span = undefined
      // Seeking leaves the quote.
      if (media && !media.seeking) endAt(media, to)
    }
    for (const listener of listeners) listener()
  }
  const endAt = (media: HTMLMediaElement, to: number): void => {
    media.pause()
    if (at <= to + LATE) return
    at = to
    media.currentTime = to
  }
  const onFrame = (): void => {
    publish()
    frame = media && !media.paused ? requestAnimationFrame(onFrame) : 0
  }
  const onEvent = (): void => {
    publish()
    if (frame === 0 && media && !media.paused) frame = requestAnimationFrame(onFrame)
  }
  const seek = (seconds: number): void => {
    if (span && (seconds < span.from || seconds > span.to)) span = undefined
    at = Math.max(0, seconds)
    if (media) media.currentTime = at
    publish()
  }
  // A browser may refuse to play before the page was touched; its own button is there then.
  const play = (): void => void media?.play().catch(() => {})
  return {
    now: () => at,
    isPlaying: () => media !== null && !media.paused,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    attach(element) {
      if (!element) return
      media = element
      media.playbackRate = rate
      if (at > 0) media.currentTime = at
      for (const event of EVENTS) element.addEventListener(event, onEvent)
      return () => {
        cancelAnimationFrame(frame)
        frame = 0
        for (const event of EVENTS) element.removeEventListener(event, onEvent)
        media = null
      }
    },
    seek,
    skip: (seconds) => seek(at + seconds),
    play,
    playSpan(from, to) {
      span = { from, to }
      seek(from)
      play()
    },
    toggle() {
      if (media?.paused === false) {
        media.pause()
        stoppedAt = media.currentTime
        return
      }
      if (stoppedAt === at) seek(at - LEAD_IN)
      stoppedAt = undefined
      play()
    },
    rate: () => rate,
    setRate(value) {
      rate = value
      if (media) media.playbackRate = value
      publish()
    },
  }
}

/** Draws anew only when `select` gives something else. */
export const usePlayhead = <T>(playhead: Playhead, select: (seconds: number) => T): T =>
  useSyncExternalStore(playhead.subscribe, () => select(playhead.now()))

/** The last that begins at or before a time, which is also the one before a pause; −1: none has begun. */
export function lastBegun(sorted: readonly { start: number }[], seconds: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.start ?? 0) <= seconds) low = middle + 1
    else high = middle
  }
  return low - 1
}
