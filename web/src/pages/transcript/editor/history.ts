/** The editor's state: what the segments are now, what they were before each step, and which of it is saved. */
import type { Search } from './find.ts'
import {
  merge,
  remove,
  renameSpeaker,
  replaceAll,
  type Segments,
  setSpeaker,
  setText,
  setTimes,
  split,
} from './segments.ts'

const LONGEST = 1000

export type Step =
  | {
      kind: 'text'
      at: number
      text: string
      /** Steps that follow each other with the same one are undone together: a run of typing. */
      run?: string
    }
  | { kind: 'times'; at: number; start: number; end: number }
  | { kind: 'split'; at: number; offset: number }
  | { kind: 'merge'; at: number }
  | { kind: 'remove'; at: number }
  | { kind: 'speaker'; at: number; speaker: string }
  | { kind: 'renameSpeaker'; from: string; to: string }
  | { kind: 'replaceAll'; search: Search; by: string }

export type Action =
  | Step
  | { kind: 'undo' }
  | { kind: 'redo' }
  /** These were saved; later steps may have come since. */
  | { kind: 'saved'; segments: Segments }

export interface Editor {
  segments: Segments
  past: readonly Segments[]
  future: readonly Segments[]
  /** As the server has them. */
  saved: Segments
  /** The run of typing that goes on. */
  run: string | undefined
}

export const opened = (segments: Segments): Editor => ({
  segments,
  past: [],
  future: [],
  saved: segments,
  run: undefined,
})

export const isDirty = ({ segments, saved }: Editor): boolean => segments !== saved

export function edit(editor: Editor, action: Action): Editor {
  switch (action.kind) {
    case 'undo':
      return undo(editor)
    case 'redo':
      return redo(editor)
    case 'saved':
      return { ...editor, saved: action.segments, run: undefined }
    default:
      return step(editor, action)
  }
}

function step(editor: Editor, action: Step): Editor {
  const segments = after(editor.segments, action)
  if (segments === editor.segments) return editor
  const run = action.kind === 'text' ? action.run : undefined
  const goesOn = run !== undefined && run === editor.run
  const past = goesOn ? editor.past : [...editor.past, editor.segments].slice(-LONGEST)
  return { ...editor, segments, past, future: [], run }
}

function after(segments: Segments, action: Step): Segments {
  switch (action.kind) {
    case 'text':
      return setText(segments, action.at, action.text)
    case 'times':
      return setTimes(segments, action.at, action)
    case 'split':
      return split(segments, action.at, action.offset)
    case 'merge':
      return merge(segments, action.at)
    case 'remove':
      return remove(segments, action.at)
    case 'speaker':
      return setSpeaker(segments, action.at, action.speaker)
    case 'renameSpeaker':
      return renameSpeaker(segments, action.from, action.to)
    case 'replaceAll':
      return replaceAll(segments, action.search, action.by)
  }
}

function undo(editor: Editor): Editor {
  const segments = editor.past.at(-1)
  if (!segments) return editor
  const future = [editor.segments, ...editor.future]
  return { ...editor, segments, past: editor.past.slice(0, -1), future, run: undefined }
}

function redo(editor: Editor): Editor {
  const [segments, ...future] = editor.future
  if (!segments) return editor
  return { ...editor, segments, past: [...editor.past, editor.segments], future, run: undefined }
}
