import { useEffect } from 'react'
import type { Playhead } from './playhead.ts'

const NEAR = 5
const FAR = 10

const KEYS: Record<string, (playhead: Playhead) => void> = {
  Space: (playhead) => playhead.toggle(),
  KeyK: (playhead) => playhead.toggle(),
  KeyJ: (playhead) => playhead.skip(-FAR),
  KeyL: (playhead) => playhead.skip(FAR),
  ArrowLeft: (playhead) => playhead.skip(-NEAR),
  ArrowRight: (playhead) => playhead.skip(NEAR),
}

/** What has keys of its own: there, Alt with j, k and l still works. */
const OWN_KEYS = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'
const PRESSED_BY_SPACE = 'button, a, summary, label'

/** Space or k plays and stops, the arrows and j and l jump. */
export function usePlayerKeys(playhead: Playhead): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { code, altKey, ctrlKey, metaKey, shiftKey, target } = event
      const act = KEYS[code]
      if (!act || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return
      const letter = code.startsWith('Key')
      if (altKey && !letter) return
      if (!altKey && target.closest(OWN_KEYS)) return
      if (code === 'Space' && target.closest(PRESSED_BY_SPACE)) return
      event.preventDefault()
      // The player itself would do the same once more.
      event.stopPropagation()
      act(playhead)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [playhead])
}
