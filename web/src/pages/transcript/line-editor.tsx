import {
  type Dispatch,
  type MouseEvent,
  memo,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
} from 'react'
import { flushSync } from 'react-dom'
import { translator } from '../../i18n/catalogue.ts'
import type { Caret } from './caret.ts'
import type { Action } from './editor/history.ts'
import type { Segment } from './editor/segments.ts'
import { placeWords } from './editor/words.ts'
import { type LineProps, Speaker, Words, wordsOf } from './line.tsx'
import { Moment } from './moment.tsx'
import classes from './transcript.module.css'
import type { LineActions } from './use-line-actions.ts'

/** After so long without a key, what is typed next is a step of its own. */
const RUN_MS = 1200

export interface LineEditorProps extends LineProps {
  at: number
  /** Set for the line that is worked on. */
  work: LineWork | undefined
  onSelect(caret: Caret): void
}

export interface LineWork {
  area: RefObject<HTMLTextAreaElement | null>
  /** Where it is wanted, */
  caret: Caret | undefined
  /** and where it was put last. */
  placed: RefObject<Caret | undefined>
  actions: LineActions
  dispatch: Dispatch<Action>
  /** Where there is no room for them at the side. */
  tools?: ReactNode
}

/** A segment to read; a click into it, or Tab, and it can be written. */
export const LineEditor = memo(function LineEditor(props: LineEditorProps) {
  const { segment, speaker, active, marks, moments, at, work } = props
  const current = marks.some((mark) => mark.current)
  return (
    <div className={classes.line} data-active={active || undefined} data-current={current || undefined}>
      <Moment seconds={segment.start} moments={moments} />
      <div className={classes.said}>
        {speaker !== undefined && <Speaker name={speaker} />}
        {work ? <Written {...props} work={work} /> : <Read {...props} at={at} />}
        {work?.tools}
      </div>
    </div>
  )
})

const nameOf = (at: number): string => {
  const t = translator('transcript')
  return t('line.text', { line: String(at + 1) })
}

function Read({ onSelect, ...props }: LineEditorProps) {
  const { segment, at } = props
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    // Who selects text wants to copy it.
    if (window.getSelection()?.isCollapsed === false) return
    const offset = offsetAt(event.currentTarget, event) ?? segment.text.length
    // At once: a phone shows its keyboard only for what gets the focus within the tap.
    flushSync(() => onSelect({ key: segment.key, offset }))
  }
  return (
    // The words within are read as they stand; Tab leads here, and into the text.
    // biome-ignore lint/a11y/useSemanticElements: a field for each line would keep anybody from selecting several
    // biome-ignore lint/a11y/useKeyWithClickEvents: with the keyboard it is the focus that selects
    <div
      className={classes.text}
      dir="auto"
      data-text
      role="textbox"
      aria-multiline="true"
      aria-label={nameOf(at)}
      tabIndex={0}
      onClick={onClick}
      onFocus={({ currentTarget }) => {
        if (currentTarget.matches(':focus-visible')) onSelect({ key: segment.key, offset: 0 })
      }}
    >
      <Words {...wordsOf(props)} doubts />
    </div>
  )
}

/** How many characters of the element's text lie before the point that was clicked. */
function offsetAt(element: HTMLElement, { clientX, clientY }: MouseEvent): number | undefined {
  const spot = document.caretPositionFromPoint?.(clientX, clientY)
  const old = spot ? undefined : document.caretRangeFromPoint?.(clientX, clientY)
  const [node, offset] = spot ? [spot.offsetNode, spot.offset] : [old?.startContainer, old?.startOffset ?? 0]
  if (!node || !element.contains(node)) return undefined
  const before = document.createRange()
  before.setStart(element, 0)
  before.setEnd(node, offset)
  return before.toString().length
}

/** The text to write, over a copy of it that gives it its height and carries the marks. */
function Written({ work, ...props }: LineEditorProps & { work: LineWork }) {
  const { segment, at } = props
  const { area, actions, dispatch } = work
  const run = useRun(segment)
  useCaret(work)
  // As a click on a word does in any line.
  const seek = (offset: number): void => {
    const word = placeWords(segment.text, segment.words ?? []).find(({ to }) => to >= offset)
    if (word && props.moments.kind === 'play') props.playhead.seek(word.start)
  }
  return (
    <div className={classes.field}>
      <div className={classes.replica} aria-hidden="true" dir="auto">
        <Words {...wordsOf(props)} doubts />{' '}
      </div>
      <textarea
        ref={area}
        className={classes.area}
        dir="auto"
        rows={1}
        aria-label={nameOf(at)}
        value={segment.text}
        onBlur={run.end}
        onChange={({ currentTarget: { value } }) =>
          dispatch({ kind: 'text', at, text: value, run: run.id() })
        }
        onKeyDown={actions.onKey}
        onClick={({ currentTarget }) => seek(currentTarget.selectionStart)}
      />
    </div>
  )
}

function useRun({ key }: Segment) {
  const state = useRef({ count: 0, last: 0 })
  return {
    id(): string {
      const now = performance.now()
      if (now - state.current.last > RUN_MS) state.current.count++
      state.current.last = now
      return `${key}/${state.current.count}`
    },
    end(): void {
      state.current.last = 0
    },
  }
}

function useCaret({ area, caret, placed }: LineWork): void {
  useLayoutEffect(() => {
    if (!caret || placed.current === caret) return
    area.current?.focus({ preventScroll: true })
    area.current?.setSelectionRange(caret.offset, caret.to ?? caret.offset)
    placed.current = caret
  }, [area, caret, placed])
}
