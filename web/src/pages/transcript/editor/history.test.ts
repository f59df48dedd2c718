import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { edit, opened, type Step, unsaved } from './history.ts'
import { keyed, merge, type Segment, type Segments, split } from './segments.ts'

const word = fc.constantFrom('zero', 'one', 'one', 'two,', 'a', 'été', '世界', '“Three”', '🎧')
const speaker = fc.option(fc.constantFrom('Ann', 'Ben'), { nil: undefined })

/** Segments one after the other, with rising times and mostly with words. */
const transcript: fc.Arbitrary<Segments> = fc
  .array(
    fc.record({
      said: fc.array(fc.tuple(word, fc.integer({ min: 0, max: 900 })), { minLength: 1, maxLength: 6 }),
      pause: fc.integer({ min: 0, max: 3000 }),
      timed: fc.boolean(),
      speaker,
    }),
    { maxLength: 6 },
  )
  .map((parts) => {
    let at = 0
    return keyed(
      parts.map(({ said, pause, timed, speaker }) => {
        at += pause
        const start = at / 1000
        const words = said.map(([word, length]) => {
          const begin = at
          at += length
          return { word, start: begin / 1000, end: at / 1000 }
        })
        const text = said.map(([word]) => word).join(' ')
        return { start, end: at / 1000, text, ...(timed && { words }), ...(speaker && { speaker }) }
      }),
    )
  })

const at = fc.integer({ min: 0, max: 6 })
const text = fc
  .array(fc.oneof(word, fc.constantFrom(' ', '  ', 'new', '$&')), { maxLength: 5 })
  .map((p) => p.join(' '))
const seconds = fc.double({ min: 0, max: 20, noNaN: true })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), at, text, run: fc.constantFrom('a', 'b') }),
  fc.record({ kind: fc.constant('times' as const), at, start: seconds, end: seconds }),
  fc.record({ kind: fc.constant('split' as const), at, offset: fc.integer({ min: 0, max: 30 }) }),
  fc.record({ kind: fc.constant('merge' as const), at }),
  fc.record({ kind: fc.constant('remove' as const), at }),
  fc.record({ kind: fc.constant('speaker' as const), at, speaker: fc.constantFrom('', 'Ann', ' Cara ') }),
  fc.record({
    kind: fc.constant('renameSpeaker' as const),
    from: fc.constantFrom('Ann', 'Ben'),
    to: fc.constantFrom('Dora', 'Ben'),
  }),
  fc.record({
    kind: fc.constant('replaceAll' as const),
    search: fc.record({ text: fc.constantFrom('one', 'O', '(', '世') }),
    by: fc.constantFrom('', '1', '$1'),
  }),
)
const steps = fc.array(step, { maxLength: 12 })

const finished = (segments: Segments, all: readonly Step[]) => all.reduce(edit, opened(segments))

describe('whatever is done', () => {
  it('is undone to the very beginning, and done again', () => {
    fc.assert(
      fc.property(transcript, steps, (segments, all) => {
        const done = finished(segments, all)
        let back = done
        for (const _ of done.past) back = edit(back, { kind: 'undo' })
        expect(back.segments).toEqual(segments)
        expect(unsaved(back)).toEqual([])
        for (const _ of done.past) back = edit(back, { kind: 'redo' })
        expect(back.segments).toEqual(done.segments)
      }),
    )
  })

  it('leaves times that rise', () => {
    fc.assert(
      fc.property(transcript, steps, (segments, all) => {
        let last = 0
        for (const { start, end, words = [] } of finished(segments, all).segments) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThanOrEqual(start)
          for (const word of words) expect(word.end).toBeGreaterThanOrEqual(word.start)
          last = start
        }
      }),
    )
  })

  it('leaves each segment a key of its own', () => {
    fc.assert(
      fc.property(transcript, steps, (segments, all) => {
        const keys = finished(segments, all).segments.map(({ key }) => key)
        expect(new Set(keys).size).toBe(keys.length)
      }),
    )
  })

  it('leaves the segments alone that it does not concern, with their words', () => {
    fc.assert(
      fc.property(transcript, step, (segments, one) => {
        const now = finished(segments, [one]).segments
        const concerned = 'at' in one ? [one.at, ...(one.kind === 'merge' ? [one.at + 1] : [])] : []
        const isConcerned = ({ speaker, text }: Segment, k: number): boolean =>
          one.kind === 'renameSpeaker'
            ? speaker === one.from
            : one.kind === 'replaceAll'
              ? text.toLowerCase().includes(one.search.text.toLowerCase())
              : concerned.includes(k)
        for (const untouched of segments.filter((segment, k) => !isConcerned(segment, k)))
          expect(now).toContain(untouched)
      }),
    )
  })
})

it('splits, and merges to what was', () => {
  fc.assert(
    fc.property(transcript, at, fc.integer({ min: 0, max: 30 }), (segments, at, offset) => {
      const parts = split(segments, at, offset)
      fc.pre(parts !== segments)
      expect(merge(parts, at)).toEqual(segments)
    }),
  )
})

describe('a run of typing', () => {
  const [one] = [keyed([{ start: 0, end: 1, text: 'a' }])]
  const typed = (editor: ReturnType<typeof opened>, text: string, run: string) =>
    edit(editor, { kind: 'text', at: 0, text, run })

  it('is undone at once', () => {
    const editor = typed(typed(typed(opened(one), 'ab', '1'), 'abc', '1'), 'abcd', '2')
    const once = edit(editor, { kind: 'undo' })
    expect(once.segments[0]?.text).toBe('abc')
    expect(edit(once, { kind: 'undo' }).segments).toEqual(one)
  })

  it('ends with a save: what was saved can be gone back to', () => {
    const editor = typed(opened(one), 'ab', '1')
    const saved = edit(editor, { kind: 'saved', segments: editor.segments })
    expect(unsaved(saved)).toEqual([])
    const more = typed(saved, 'abc', '1')
    expect(unsaved(more)).toHaveLength(1)
    expect(edit(more, { kind: 'undo' }).segments).toEqual(saved.segments)
  })

  it('that comes while a save is under way stays unsaved', () => {
    const sent = typed(opened(one), 'ab', '1')
    const typedOn = typed(sent, 'abc', '1')
    expect(unsaved(edit(typedOn, { kind: 'saved', segments: sent.segments }))).toHaveLength(1)
  })
})
