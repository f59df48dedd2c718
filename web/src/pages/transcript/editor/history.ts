/** The editor's state: what the segments are now, how each step is taken back, and which of it is saved. */
import {
  applyChanges,
  type Change,
  type Clash,
  changesBetween,
  fromWire,
  inverted,
  rebased,
  type WireChange,
} from './changes.ts'
import type { Search } from './find.ts'
import { givePassage, type Place } from './give.ts'
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
  /** The words between two places. */
  | { kind: 'give'; passage: { from: Place; to: Place }; speaker: string }
  | { kind: 'renameSpeaker'; from: string; to: string }
  | { kind: 'replaceAll'; search: Search; by: string }
  /** All of it at once, as an earlier version had it. */
  | { kind: 'put'; segments: Segments }

export type Action =
  | Step
  | { kind: 'undo' }
  | { kind: 'redo' }
  /** These were saved; later steps may have come since. */
  | { kind: 'saved'; segments: Segments }
  /** What somebody else saved in the meantime, in the order in which they did. */
  | { kind: 'theirs'; changes: readonly WireChange[] }
  /** One of two that cannot both be: mine after all, or theirs. */
  | { kind: 'settle'; clash: Clash; mine: boolean }

export interface Editor {
  segments: Segments
  /** What takes each step back, the last one last: each to be done where those behind it are. */
  past: readonly (readonly Change[])[]
  /** What was taken back, the next one to be done again first. */
  future: readonly (readonly Change[])[]
  /** As the server has them. */
  saved: Segments
  /** What both changed. Theirs is in the segments. */
  clashes: readonly Clash[]
  /** The run of typing that goes on. */
  run: string | undefined
  /** A key that no segment has had. */
  nextKey: number
}

export const opened = (segments: Segments): Editor => ({
  segments,
  past: [],
  future: [],
  saved: segments,
  clashes: [],
  run: undefined,
  nextKey: freshKey(0, segments),
})

export const unsaved = ({ segments, saved }: Editor): Change[] => changesBetween(saved, segments)

export function edit(editor: Editor, action: Action): Editor {
  switch (action.kind) {
    case 'undo':
      return undo(editor)
    case 'redo':
      return redo(editor)
    case 'saved':
      return { ...editor, saved: action.segments, run: undefined }
    case 'theirs':
      return takeTheirs(editor, action.changes)
    case 'settle':
      return settle(editor, action.clash, action.mine)
    default:
      return step(editor, action)
  }
}

function step(editor: Editor, action: Step): Editor {
  const segments = after(editor, action)
  if (segments === editor.segments) return editor
  const run = action.kind === 'text' ? action.run : undefined
  const last = run !== undefined && run === editor.run ? editor.past.at(-1) : undefined
  const before = last ? applyChanges(editor.segments, last) : editor.segments
  const past = [...(last ? editor.past.slice(0, -1) : editor.past), changesBetween(segments, before)]
  return { ...editor, segments, past, future: [], run, nextKey: freshKey(editor.nextKey, segments) }
}

const freshKey = (next: number, segments: Segments): number =>
  segments.reduce((highest, { key }) => Math.max(highest, key + 1), next)

function after({ segments, nextKey }: Editor, action: Step): Segments {
  switch (action.kind) {
    case 'text':
      return setText(segments, action.at, action.text)
    case 'times':
      return setTimes(segments, action.at, action)
    case 'split':
      return split(segments, action.at, action.offset, nextKey)
    case 'merge':
      return merge(segments, action.at)
    case 'remove':
      return remove(segments, action.at)
    case 'speaker':
      return setSpeaker(segments, action.at, action.speaker)
    case 'give':
      return givePassage(segments, action.passage, action.speaker, nextKey)
    case 'renameSpeaker':
      return renameSpeaker(segments, action.from, action.to)
    case 'replaceAll':
      return replaceAll(segments, action.search, action.by)
    case 'put':
      return action.segments
  }
}

function undo(editor: Editor): Editor {
  const back = editor.past.at(-1)
  if (!back) return editor
  const segments = applyChanges(editor.segments, back)
  const future = [inverted(back), ...editor.future]
  return { ...editor, segments, past: editor.past.slice(0, -1), future, run: undefined }
}

function redo(editor: Editor): Editor {
  const [again, ...future] = editor.future
  if (!again) return editor
  const segments = applyChanges(editor.segments, again)
  return { ...editor, segments, past: [...editor.past, inverted(again)], future, run: undefined }
}

/** Mine goes on top of theirs. What would be undone of a line that they have changed since stays as it is. */
function takeTheirs(editor: Editor, wire: readonly WireChange[]): Editor {
  let { nextKey } = editor
  const theirs = fromWire(editor.saved, wire, () => nextKey++)
  const saved = applyChanges(editor.saved, theirs)
  const mine = rebased(unsaved(editor), theirs)
  const segments = applyChanges(saved, mine.changes)
  const moved = changesBetween(editor.segments, segments)
  return {
    ...editor,
    segments,
    saved,
    nextKey,
    clashes: [...editor.clashes, ...mine.clashes],
    past: movedBy([...editor.past].reverse(), moved).reverse(),
    future: movedBy(editor.future, moved),
    run: undefined,
  }
}

/** A chain of changes that begins where `moved` does, to be done behind it. */
function movedBy(chain: readonly (readonly Change[])[], moved: readonly Change[]): Change[][] {
  let by = moved
  return chain.map((changes) => {
    const behind = rebased(changes, by).changes
    by = rebased(by, changes).changes
    return behind
  })
}

function settle(editor: Editor, clash: Clash, mine: boolean): Editor {
  const clashes = editor.clashes.filter((each) => each !== clash)
  if (!mine) return { ...editor, clashes }
  return { ...step(editor, { kind: 'put', segments: withMine(editor, clash) }), clashes }
}

/** My lines in the place of theirs, or where their time is. */
function withMine({ segments, nextKey }: Editor, { keys, mine }: Clash): Segments {
  const found = segments.flatMap(({ key }, k) => (keys.includes(key) ? [k] : []))
  const start = mine[0]?.start ?? 0
  const behind = segments.findIndex((segment) => segment.start > start)
  const at = found[0] ?? (behind < 0 ? segments.length : behind)
  const put = mine.map((segment, k) => ({ ...segment, key: keys[k] ?? nextKey + k }))
  return segments.toSpliced(at, found.length, ...put)
}
