/** A draft on top of what the server has by now. */
import type { ListChangesReply } from '../../../../../src/contract/edits.ts'
import { applyChanges, type Change, changesBetween } from '../editor/changes.ts'
import { type Editor, edit, opened } from '../editor/history.ts'
import type { Segment, Segments } from '../editor/segments.ts'
import type { Draft } from './drafts.ts'

type Item = ListChangesReply['items'][number]

/**
 * The version with which the draft began is not there any more, and need not be: what others changed since says by its
 * numbers where each line of the draft belongs. So stand-ins take the place of the lines of that version, and those
 * that nobody touched are the server’s own in the end.
 * @param latest as the server has it
 * @param items what led from the draft’s version to `latest`
 */
export function recovered(latest: Segments, draft: Draft, items: readonly Item[]): Editor {
  const shift = items.flatMap(({ changes }) => changes).reduce((n, c) => n + c.insert.length - c.remove, 0)
  let editor = opened(Array.from({ length: Math.max(0, latest.length - shift) }, (_, key) => standIn(key)))
  let theirs = items
  const { sent, rest } = draft
  if (sent) {
    editor = put(editor, sent.changes)
    if (items[0]?.changeId === sent.changeId) {
      editor = edit(editor, { kind: 'saved', segments: editor.segments })
      theirs = items.slice(1)
    }
  }
  editor = put(editor, rest)
  for (const { changes } of theirs) editor = edit(editor, { kind: 'theirs', changes })
  return onTop(latest, editor, draft)
}

const blanks = new WeakSet<Segment>()

function standIn(key: number): Segment {
  const segment = { key, start: 0, end: 0, text: '' }
  blanks.add(segment)
  return segment
}

/** The changes, done to a list whose own keys differ from theirs. */
function put(editor: Editor, changes: readonly Change[]): Editor {
  let { nextKey } = editor
  const own = changes.map(({ at, before, after }): Change => {
    const lines = editor.segments.slice(at, at + before.length)
    // What a stand-in stands for is known here: it is compared with what others made of it.
    lines.forEach((line, k) => {
      if (blanks.delete(line)) Object.assign(line, before[k], { key: line.key })
    })
    const keys = before.map(({ key }) => key)
    const kept = new Map(keys.map((key, k) => [key, lines[k]?.key]))
    return {
      at,
      before: lines,
      after: after.map((line) => ({ ...line, key: kept.get(line.key) ?? nextKey++ })),
    }
  })
  return { ...editor, segments: applyChanges(editor.segments, own), nextKey }
}

/** With the server’s lines in the place of the stand-ins; all of the draft is one step that can be undone. */
function onTop(latest: Segments, { saved, segments, clashes, nextKey }: Editor, draft: Draft): Editor {
  const known = latest.map((line, k) => ({ ...line, key: saved[k]?.key ?? nextKey + k }))
  const place = new Map(saved.map((line, k) => [line, known[k]]))
  const mine = segments.map((line) => place.get(line) ?? line)
  const back = changesBetween(mine, known)
  return {
    ...opened(known),
    segments: mine,
    clashes: [...draft.clashes, ...clashes],
    past: back.length > 0 ? [back] : [],
    nextKey: nextKey + latest.length,
  }
}
