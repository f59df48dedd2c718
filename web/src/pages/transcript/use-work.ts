import { useWindowEvent } from '@mantine/hooks'
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import type { Caret } from './caret.ts'
import { doubtsIn, nextDoubt } from './doubt.ts'
import type { Segments } from './editor/segments.ts'
import type { Commands } from './keys.ts'
import type { LineWork } from './line-editor.tsx'
import { type Quoted, quoteOf } from './quote/quote.ts'
import { selectedIn } from './quote/use-selected.ts'
import type { Transcript } from './saving/document.ts'
import { lineActions } from './use-line-actions.ts'
import type { Reading } from './use-reading.ts'
import { useSteady } from './use-steady.ts'

/** Which line is worked on. */
export function useSelection(segments: Segments) {
  const [caret, setCaret] = useState<Caret>()
  const [key, setKey] = useState<number>()
  const select = useCallback((where: Caret) => {
    setKey(where.key)
    setCaret(where)
  }, [])
  /** The caret that was placed last: shown again, its line leaves it where it has gone since. Nothing is drawn from it. */
  const placed = useRef<Caret>(undefined)
  const at = key === undefined ? -1 : segments.findIndex((segment) => segment.key === key)
  return { at, caret, select, placed }
}

export type Selection = ReturnType<typeof useSelection>

/** What can be done to the text: with the caret in a line, or from outside of it. */
export function useWork(
  transcript: Transcript,
  { at, caret, select, placed }: Selection,
  reading: Reading,
  speakers: readonly string[],
  onComment: (quote: Quoted) => void,
) {
  const { segments } = transcript.read().editor
  const { dispatch } = transcript
  const { playhead, lines } = reading
  const area = useRef<HTMLTextAreaElement>(null)
  const doubts = useMemo(() => doubtsIn(segments), [segments])

  const where = useSteady({
    go(line: number, place: Omit<Caret, 'key'>): void {
      const key = transcript.read().editor.segments[line]?.key
      if (key === undefined) return
      select({ key, ...place })
      lines.show(line)
    },
    read: () => ({ segments: transcript.read().editor.segments, at }),
  })
  const { go } = where
  const [actions] = useState(() => lineActions({ read: where.read, area, dispatch, onCaret: go }))
  const line: LineWork = { area, caret, placed, actions, dispatch }

  const commands = useSteady<Commands & { back(which: 'undo' | 'redo'): void }>({
    nextDoubt(back) {
      const here = at >= 0 ? { at, offset: offsetIn(area, back) } : { at: lines.active, offset: 0 }
      const doubt = nextDoubt(doubts, here, back)
      if (!doubt) return
      playhead.seek(doubt.start)
      go(doubt.at, { offset: doubt.from, to: doubt.to })
    },
    speaker(number) {
      const spoken = at >= 0 ? at : lines.active
      const speaker = speakers[number - 1]
      if (speaker === undefined) return
      const selected = lines.list.current && selectedIn(lines.list.current, segments)
      // One word is what was looked at, as a doubtful one is; several are what somebody said.
      if (selected && selected.quote.words > 1)
        dispatch({ kind: 'give', passage: selected.quote.passage, speaker })
      else if (spoken >= 0) dispatch({ kind: 'speaker', at: spoken, speaker })
    },
    comment() {
      const selected = lines.list.current && selectedIn(lines.list.current, segments)
      const here = at >= 0 ? at : Math.max(0, lines.active)
      const length = segments[here]?.text.length ?? 0
      const line = quoteOf(segments, { at: here, offset: 0 }, { at: here, offset: length })
      const quote = selected?.quote ?? line
      if (quote) onComment(quote)
    },
    back(which) {
      const { past, future } = transcript.read().editor
      const change = (which === 'undo' ? past.at(-1) : future[0])?.[0]
      dispatch({ kind: which })
      if (change) go(change.at, { offset: endOfChange(change.before[0]?.text, change.after[0]?.text) })
    },
  })
  useUndoKeys(commands.back, transcript)
  return { at, line, doubts, select, ...commands }
}

export type Work = ReturnType<typeof useWork>

const offsetIn = ({ current }: RefObject<HTMLTextAreaElement | null>, back: boolean): number =>
  (back ? current?.selectionStart : current?.selectionEnd) ?? 0

/** Behind what is different in the second text. */
function endOfChange(before = '', after = ''): number {
  let alike = 0
  const most = Math.min(before.length, after.length)
  while (alike < most && before.at(-1 - alike) === after.at(-1 - alike)) alike++
  return after.length - alike
}

/** Fields whose own undo is meant: what was typed there, and not in the transcript. */
const OWN_UNDO = 'input, form textarea, [role="dialog"] textarea'

/** Ctrl or ⌘ with z and y: the transcript’s own, wherever else the caret is. With s: at once. */
function useUndoKeys(back: (which: 'undo' | 'redo') => void, transcript: Transcript): void {
  useWindowEvent('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key === 's') void transcript.save()
    else if (event.target instanceof Element && event.target.closest(OWN_UNDO)) return
    else if (key === 'z') back(event.shiftKey ? 'redo' : 'undo')
    else if (key === 'y') back('redo')
    else return
    event.preventDefault()
  })
}
