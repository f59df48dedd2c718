import type { Dispatch, KeyboardEvent, RefObject } from 'react'
import type { Caret } from './caret.ts'
import type { Action } from './editor/history.ts'
import { type Segments, split } from './editor/segments.ts'

export interface LineActions {
  onKey(event: KeyboardEvent<HTMLTextAreaElement>): void
  splitHere(): void
  mergePrevious(): void
  mergeNext(): void
  remove(): void
}

interface Where {
  /** What is there now, and which line is worked on. */
  read(): { segments: Segments; at: number }
  area: RefObject<HTMLTextAreaElement | null>
  dispatch: Dispatch<Action>
  /** @param at which segment it will be by then */
  onCaret(at: number, where: Omit<Caret, 'key'>): void
}

/** What the keys and the tools do to the line that is worked on, and where the caret is afterwards. */
export function lineActions({ read, area, dispatch, onCaret }: Where): LineActions {
  const textOf = (k: number): string => read().segments[k]?.text ?? ''
  const splitHere = (): void => {
    const { segments, at } = read()
    const offset = area.current?.selectionStart ?? 0
    if (split(segments, at, offset) === segments) return
    dispatch({ kind: 'split', at, offset })
    onCaret(at + 1, { offset: 0 })
  }
  const mergeWith = (first: number): void => {
    const { segments } = read()
    if (!segments[first] || !segments[first + 1]) return
    const offset = textOf(first).length
    dispatch({ kind: 'merge', at: first })
    onCaret(first, { offset })
  }
  const remove = (): void => {
    const { segments, at } = read()
    dispatch({ kind: 'remove', at })
    const next = Math.min(at, segments.length - 2)
    if (next >= 0) onCaret(next, { offset: 0 })
  }
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const { segments, at } = read()
    const { selectionStart, selectionEnd } = event.currentTarget
    const collapsed = selectionStart === selectionEnd
    const begins = collapsed && selectionStart === 0
    const ends = collapsed && selectionEnd === textOf(at).length
    // The time beside the text: from there the keyboard goes on where it was.
    const leave = (): void =>
      area.current?.closest('li')?.querySelector<HTMLElement>('button, a')?.focus({ preventScroll: true })
    const act = {
      Enter: !event.shiftKey && splitHere,
      Backspace: begins && at > 0 && (() => mergeWith(at - 1)),
      Delete: ends && at + 1 < segments.length && (() => mergeWith(at)),
      ArrowUp: begins && at > 0 && (() => onCaret(at - 1, { offset: textOf(at - 1).length })),
      ArrowDown: ends && at + 1 < segments.length && (() => onCaret(at + 1, { offset: 0 })),
      Escape: leave,
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return {
    onKey,
    splitHere,
    mergePrevious: () => mergeWith(read().at - 1),
    mergeNext: () => mergeWith(read().at),
    remove,
  }
}
