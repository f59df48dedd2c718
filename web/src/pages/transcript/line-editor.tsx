import { type Dispatch, type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react'
import type { Action } from './editor/history.ts'
import { type Segment, type Segments, split } from './editor/segments.ts'
import { Marked } from './line.tsx'
import { LineTools } from './line-tools.tsx'
import { Moment, type Moments } from './moment.tsx'
import { type Mark, pieces } from './pieces.ts'
import type { Playhead } from './playhead.ts'
import classes from './transcript.module.css'

/** After so long without a key, what is typed next is a step of its own. */
const RUN_MS = 1200

/** Where the caret goes: behind so many characters of that segment. */
export interface Caret {
  at: number
  offset: number
}

export interface LineEditorProps {
  segment: Segment
  at: number
  /** All of them: what can be done depends on the neighbours. Not compared, only read when something is done. */
  all(): Segments
  active: boolean
  /** The one that is worked on, and shows its tools. */
  selected: boolean
  caret: number | undefined
  marks: readonly Mark[]
  moments: Moments
  playhead: Playhead
  dispatch: Dispatch<Action>
  onSelect(key: number): void
  onCaret(caret: Caret | undefined): void
}

/** A segment to change: its text, and the rest while it is the selected one. */
export const LineEditor = memo(function LineEditor(props: LineEditorProps) {
  const { segment, active, selected, caret, marks, moments, dispatch, at } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const run = useRun()
  const does = useLineActions(props, area)
  const parts = useMemo(() => pieces(segment.text, [], marks), [segment.text, marks])
  useCaret(area, caret, props.onCaret)
  const current = marks.some((mark) => mark.current)
  return (
    <div className={classes.line} data-active={active || undefined} data-current={current || undefined}>
      <Moment seconds={segment.start} moments={moments} />
      <div className={classes.said}>
        {segment.speaker && <div className={classes.speaker}>{segment.speaker}</div>}
        <div className={classes.field}>
          <div className={classes.replica} aria-hidden="true" dir="auto">
            {parts.map((piece) => (
              <Marked key={piece.from} piece={piece} />
            ))}{' '}
          </div>
          <textarea
            ref={area}
            className={classes.area}
            dir="auto"
            rows={1}
            aria-label={`Text of segment ${at + 1}`}
            value={segment.text}
            onFocus={() => props.onSelect(segment.key)}
            onBlur={run.end}
            onChange={({ currentTarget: { value } }) =>
              dispatch({ kind: 'text', at, text: value, run: run.id(segment.key) })
            }
            onKeyDown={does.onKey}
          />
        </div>
        {selected && <LineTools {...props} {...does} />}
      </div>
    </div>
  )
})

function useRun() {
  const state = useRef({ count: 0, last: 0 })
  return {
    id(key: number): string {
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

function useCaret(
  area: React.RefObject<HTMLTextAreaElement | null>,
  caret: number | undefined,
  onCaret: LineEditorProps['onCaret'],
): void {
  useEffect(() => {
    if (caret === undefined) return
    area.current?.focus()
    area.current?.setSelectionRange(caret, caret)
    onCaret(undefined)
  }, [area, caret, onCaret])
}

/** What the keys and the tools do, and where the caret is afterwards. */
function useLineActions(
  { segment, at, all, dispatch, onCaret }: LineEditorProps,
  area: React.RefObject<HTMLTextAreaElement | null>,
) {
  const splitHere = (): void => {
    const offset = area.current?.selectionStart ?? 0
    if (split(all(), at, offset) === all()) return
    dispatch({ kind: 'split', at, offset })
    onCaret({ at: at + 1, offset: 0 })
  }
  const mergeWith = (first: number): void => {
    const left = all()[first]
    if (!left || !all()[first + 1]) return
    dispatch({ kind: 'merge', at: first })
    onCaret({ at: first, offset: left.text.length })
  }
  const mergePrevious = (): void => mergeWith(at - 1)
  const mergeNext = (): void => mergeWith(at)
  const remove = (): void => dispatch({ kind: 'remove', at })
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const { selectionStart, selectionEnd } = event.currentTarget
    const collapsed = selectionStart === selectionEnd
    const begins = collapsed && selectionStart === 0
    const ends = collapsed && selectionEnd === segment.text.length
    const leave = (): void => area.current?.blur()
    const act = {
      Enter: !event.shiftKey && splitHere,
      Backspace: begins && at > 0 && mergePrevious,
      Delete: ends && at + 1 < all().length && mergeNext,
      ArrowUp: begins && at > 0 && (() => onCaret({ at: at - 1, offset: all()[at - 1]?.text.length ?? 0 })),
      ArrowDown: ends && at + 1 < all().length && (() => onCaret({ at: at + 1, offset: 0 })),
      Escape: leave,
    }[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  return { onKey, splitHere, mergePrevious, mergeNext, remove }
}
