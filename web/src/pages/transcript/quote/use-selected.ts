import { type RefObject, useEffect, useState } from 'react'
import type { Place } from '../editor/give.ts'
import type { Segments } from '../editor/segments.ts'
import { useSteady } from '../use-steady.ts'
import { type Quoted, quoteOf } from './quote.ts'

/** What of the transcript is selected, and where on the screen. */
export interface Selected {
  quote: Quoted
  /** Of the window, px. */
  box: { left: number; right: number; top: number; bottom: number }
}

/** Follows the selection, with the mouse, by touch, and in the line that is written in. */
export function useSelected(
  segments: Segments,
  list: RefObject<HTMLOListElement | null>,
): Selected | undefined {
  const [selected, setSelected] = useState<Selected>()
  const { read } = useSteady({
    read: () => (list.current ? selectedIn(list.current, segments) : undefined),
  })
  useEffect(() => {
    // A selection grows from letter to letter: what is shown of it would be in its way.
    let waiting: ReturnType<typeof setTimeout> | undefined
    const look = (): void => {
      clearTimeout(waiting)
      waiting = setTimeout(() => setSelected(read()), 250)
    }
    document.addEventListener('selectionchange', look)
    window.addEventListener('scroll', look, { passive: true })
    return () => {
      clearTimeout(waiting)
      document.removeEventListener('selectionchange', look)
      window.removeEventListener('scroll', look)
    }
  }, [read])
  return selected
}

/** As it is just now. */
export function selectedIn(list: HTMLElement, segments: Segments): Selected | undefined {
  const field = document.activeElement
  if (field instanceof HTMLTextAreaElement && list.contains(field)) return selectedInField(field, segments)
  const selection = window.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const begin = placeOf(range.startContainer, range.startOffset, list)
  const end = placeOf(range.endContainer, range.endOffset, list)
  const quote = begin && end && quoteOf(segments, begin, end)
  return quote && { quote, box: range.getBoundingClientRect() }
}

function selectedInField(field: HTMLTextAreaElement, segments: Segments): Selected | undefined {
  const at = lineOf(field)
  const { selectionStart, selectionEnd } = field
  if (at === undefined || selectionStart === selectionEnd) return undefined
  const quote = quoteOf(segments, { at, offset: selectionStart }, { at, offset: selectionEnd })
  return quote && { quote, box: field.getBoundingClientRect() }
}

const lineOf = (node: Node): number | undefined => {
  const element = node instanceof Element ? node : node.parentElement
  const index = element?.closest<HTMLElement>('[data-index]')?.dataset.index
  return index === undefined ? undefined : Number(index)
}

/** Times and names beside the text count as its beginning. */
function placeOf(node: Node, offset: number, list: HTMLElement): Place | undefined {
  const at = list.contains(node) ? lineOf(node) : undefined
  if (at === undefined) return undefined
  const text = list.querySelector(`[data-index="${at}"] [data-text]`)
  if (!text?.contains(node)) return { at, offset: 0 }
  const before = document.createRange()
  before.setStart(text, 0)
  before.setEnd(node, offset)
  return { at, offset: before.toString().length }
}
