import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, changesBetween, fromWire, inverted, toWire } from './changes.ts'
import { type Editor, edit, opened, unsaved } from './history.ts'
import { keyed, type Segments } from './segments.ts'

const lines = (...texts: string[]): Segments =>
  keyed(texts.map((text, k) => ({ start: k, end: k + 1, text })))
const textsOf = ({ segments }: { segments: Segments }): string[] => segments.map(({ text }) => text.trim())
const FIVE = lines('one two', 'three', 'four', 'five', 'six')

/** What the server is told of somebody’s edits. */
const wireOf = (editor: Editor) => toWire(unsaved(editor))
const theirs = (editor: Editor, others: Editor) => edit(editor, { kind: 'theirs', changes: wireOf(others) })
const text = (editor: Editor, at: number, said: string) => edit(editor, { kind: 'text', at, text: said })

describe('changes between two lists', () => {
  const list = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.constantFrom('a', 'b', 'c')), { maxLength: 12 })
    .map((all) =>
      [...new Map(all).entries()]
        .sort(([a], [b]) => a - b)
        .map(([key, text]) => ({ key, text, start: key, end: key })),
    )

  it('lead from one to the other, and back', () => {
    fc.assert(
      fc.property(list, list, (before, after) => {
        const changes = changesBetween(before, after)
        const done = applyChanges(before, changes)
        expect(done).toEqual(after)
        expect(applyChanges(done, inverted(changes))).toEqual(before)
      }),
    )
  })

  it('name the lines that changed, and no other', () => {
    let editor = text(opened(FIVE), 0, 'ONE two')
    editor = edit(editor, { kind: 'split', at: 0, offset: 4 })
    editor = text(editor, 5, 'SIX')
    expect(wireOf(editor).map(({ at, remove, insert }) => [at, remove, insert.map((s) => s.text)])).toEqual([
      [0, 1, ['ONE']],
      [1, 0, ['two']],
      [4, 1, ['SIX']],
    ])
  })
})

describe('what two people change', () => {
  it('goes together where the lines differ, whatever moves', () => {
    const mine = text(edit(opened(FIVE), { kind: 'split', at: 0, offset: 4 }), 4, 'FIVE')
    const other = edit(text(opened(FIVE), 4, 'SIX'), { kind: 'remove', at: 1 })
    const both = theirs(mine, other)
    expect(textsOf(both)).toEqual(['one', 'two', 'four', 'FIVE', 'SIX'])
    expect(both.clashes).toEqual([])
    expect(textsOf({ segments: both.saved })).toEqual(['one two', 'four', 'five', 'SIX'])
  })

  it('goes together within a line, where one names the speaker and the other mends the text', () => {
    const mine = text(opened(FIVE), 1, 'THREE')
    const other = edit(opened(FIVE), { kind: 'speaker', at: 1, speaker: 'Ann' })
    const both = theirs(mine, other)
    expect(both.segments[1]).toMatchObject({ text: 'THREE', speaker: 'Ann' })
    expect(both.clashes).toEqual([])
  })

  it('is said where it cannot, and each can be had', () => {
    const both = theirs(text(opened(FIVE), 1, 'mine'), text(opened(FIVE), 1, 'theirs'))
    expect(textsOf(both)[1]).toBe('theirs')
    const [clash] = both.clashes
    expect(clash).toMatchObject({ mine: [{ text: 'mine' }], theirs: [{ text: 'theirs' }] })
    const kept = edit(both, { kind: 'settle', clash: clash!, mine: false })
    expect([textsOf(kept)[1], kept.clashes]).toEqual(['theirs', []])
    const won = edit(both, { kind: 'settle', clash: clash!, mine: true })
    expect([textsOf(won)[1], won.clashes]).toEqual(['mine', []])
    expect(textsOf(edit(won, { kind: 'undo' }))[1]).toBe('theirs')
  })

  it('is said where one removed what the other mended', () => {
    const both = theirs(text(opened(FIVE), 1, 'mine'), edit(opened(FIVE), { kind: 'remove', at: 1 }))
    expect(textsOf(both)).toEqual(['one two', 'four', 'five', 'six'])
    const won = edit(both, { kind: 'settle', clash: both.clashes[0]!, mine: true })
    expect(textsOf(won)).toEqual(['one two', 'mine', 'four', 'five', 'six'])
  })

  it('is no clash where both did the same', () => {
    const same = theirs(text(opened(FIVE), 1, 'same'), text(opened(FIVE), 1, 'same'))
    expect(same.clashes).toEqual([])
    expect(unsaved(same)).toEqual([])
  })

  it('is undone each by whoever did it', () => {
    let mine = text(opened(FIVE), 1, 'mine 1')
    mine = text(edit(mine, { kind: 'remove', at: 3 }), 0, 'mine 0')
    let both = theirs(mine, edit(text(opened(FIVE), 4, 'theirs'), { kind: 'remove', at: 2 }))
    expect(textsOf(both)).toEqual(['mine 0', 'mine 1', 'theirs'])
    for (let k = 0; k < 3; k++) both = edit(both, { kind: 'undo' })
    expect(textsOf(both)).toEqual(['one two', 'three', 'five', 'theirs'])
    for (let k = 0; k < 3; k++) both = edit(both, { kind: 'redo' })
    expect(textsOf(both)).toEqual(['mine 0', 'mine 1', 'theirs'])
  })
})

it('reads changes back with the keys of the lines that stay', () => {
  const [change] = fromWire(FIVE, [{ at: 1, remove: 1, insert: [{ start: 1, end: 2, text: 'x' }] }], () => 99)
  expect(change?.after).toMatchObject([{ key: FIVE[1]?.key, text: 'x' }])
  const [more] = fromWire(FIVE, [{ at: 1, remove: 0, insert: [{ start: 1, end: 2, text: 'x' }] }], () => 99)
  expect(more?.after).toMatchObject([{ key: 99 }])
})
