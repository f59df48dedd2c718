import { useWindowEvent } from '@mantine/hooks'
import { useEffect } from 'react'
import { BACK, type Commands, commandOf } from './keys.ts'
import type { Playhead } from './playhead.ts'

/** What has keys of its own: there, the same keys work with Alt. */
const OWN_KEYS = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'
const PRESSED_BY_SPACE = 'button, a, summary, label'
/** With Alt these are the browser's own, or nothing at all. */
const NOT_WITH_ALT = new Set(['Space', 'ArrowLeft', 'ArrowRight'])

/** The keys of `keys.ts`, and those of headsets and foot pedals. @param commands undefined: there is only reading */
export function useKeys(playhead: Playhead, commands?: Commands): void {
  const onKey = (event: KeyboardEvent): void => {
    const { code, altKey, ctrlKey, metaKey, shiftKey, target } = event
    if (ctrlKey || metaKey || !(target instanceof Element)) return
    if (altKey ? NOT_WITH_ALT.has(code) : target.closest(OWN_KEYS)) return
    if (code === 'Space' && target.closest(PRESSED_BY_SPACE)) return
    const act = commandOf(code, { shift: shiftKey, playhead, commands })
    if (!act) return
    event.preventDefault()
    // The player itself would do the same once more.
    event.stopPropagation()
    act()
  }
  useWindowEvent('keydown', onKey, { capture: true })
  useEffect(() => {
    // Play and pause are the browser's own for whatever plays.
    const back = (): void => playhead.skip(-BACK)
    const forward = (): void => playhead.skip(BACK)
    const handlers = { previoustrack: back, seekbackward: back, nexttrack: forward, seekforward: forward }
    const session = navigator.mediaSession as MediaSession | undefined
    for (const [action, handler] of Object.entries(handlers))
      session?.setActionHandler(action as MediaSessionAction, handler)
    return () => {
      for (const action of Object.keys(handlers))
        session?.setActionHandler(action as MediaSessionAction, null)
    }
  }, [playhead])
}
