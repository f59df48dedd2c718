import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  keyed,
  merge,
  remove,
  type Segments,
  setSpeaker,
  setText,
  setTimes,
  split,
} from '../editor/segments.ts'
import { createLocator, type Found, marksOf, type Passage } from './anchor.ts'

/** A word each half second. */
const line = (start: number, text: string) => ({
  start,
  end: start + text.split(' ').length / 2,
  text,
  words: text
    .split(' ')
    .map((word, k) => ({ word: ` ${word}`, start: start + k / 2, end: start + k / 2 + 0.4 })),
})

const textOf = (segments: Segments, found: Found | undefined): string | undefined =>
  found &&
  [...marksOf(segments, found)].map(([at, { from, to }]) => segments[at]!.text.slice(from, to)).join(' ')

const find = (segments: Segments, passage: Passage) => createLocator()(segments, passage)

describe('the words of a comment', () => {
  const talk = keyed([line(0, 'yes we saw it'), line(10, 'well yes it was there'), line(20, 'no it was yes')])
  const second: Passage = { start: 10.5, end: 10.9, quote: 'yes' }

  it('are found among the same words by their time', () => {
    expect(find(talk, second)).toEqual({
      from: { at: 1, offset: 5 },
      to: { at: 1, offset: 8 },
      changed: false,
    })
  })

  it('are no part of longer words', () => {
    const edited = setText(talk, 1, 'well yesterday it was there')
    expect(find(edited, second)).toMatchObject({ changed: true, to: { at: 1, offset: 14 } })
  })

  it('may get other capitals and punctuation', () => {
    const edited = setText(talk, 1, 'Well? “Yes,” it was there.')
    expect(textOf(edited, find(edited, second))).toBe('Yes')
  })

  it('may become others, which stand there now', () => {
    const edited = setText(talk, 1, 'well indeed it was there')
    expect([textOf(edited, find(edited, second)), find(edited, second)?.changed]).toEqual(['indeed', true])
  })

  it('are gone once nothing stands there, though they are said elsewhere', () => {
    expect(find(setText(talk, 1, 'well it was there'), second)).toBeUndefined()
    expect(find(remove(talk, 1), second)).toBeUndefined()
  })

  it('come back with them', () => {
    const locator = createLocator()
    expect(locator(remove(talk, 1), second)).toBeUndefined()
    expect(locator(talk, second)).toMatchObject({ changed: false })
  })

  it('are found across lines, and in scripts without spaces', () => {
    const quote = { start: 2, end: 11, quote: 'it well yes' }
    const close = keyed([line(0, 'yes we saw it'), line(2.5, 'well yes it was there')])
    expect(textOf(close, find(close, { ...quote, start: 1.5, end: 3.4 }))).toBe('it well yes')
    const japanese = keyed([
      { start: 0, end: 2, text: '今日は' },
      { start: 2, end: 4, text: '暑いですね' },
    ])
    const merged = merge(japanese, 0)
    expect(textOf(merged, find(merged, { start: 2, end: 4, quote: '暑いですね' }))).toBe('暑いですね')
  })

  it('are found in lines without timed words, and where the line was moved in time', () => {
    const plain = keyed([
      { start: 0, end: 5, text: 'yes we saw it' },
      { start: 5, end: 9, text: 'well yes' },
    ])
    const passage = { start: 5, end: 9, quote: 'well yes' }
    const edited = setText(merge(plain, 0), 0, 'oh yes we saw it all well yes')
    expect(textOf(edited, find(edited, passage))).toBe('well yes')
    const late = setTimes(talk, 1, { start: 19, end: 19.5 })
    const whole = { start: 10, end: 12.4, quote: 'well yes it was there' }
    expect(find(late, whole)).toMatchObject({ from: { at: 1 }, changed: false })
  })
})

/** One of many edits of lines and words, none of which touches the words that the comment is about. */
type Edit = {
  kind: 'split' | 'merge' | 'remove' | 'speaker' | 'insert' | 'delete' | 'correct'
  where: number
  word: string
}
const WORDS = ['so', 'yes', 'no', 'it', 'was', 'there']
const edit = fc.record({
  kind: fc.constantFrom<Edit['kind']>('split', 'merge', 'remove', 'speaker', 'insert', 'delete', 'correct'),
  where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  word: fc.constantFrom('new', 'fresh', 'Ann', 'other'),
})

/** The numbers of words, in their order, as the text has them; those of the comment stay in it. */
interface Model {
  segments: Segments
  /** Of each line: the word’s identity; null: somebody wrote it. */
  ids: (number | null)[][]
}

function edited({ segments, ids }: Model, { kind, where, word }: Edit, kept: ReadonlySet<number>): Model {
  const at = Math.floor(where * segments.length)
  const words = segments[at]!.text.split(' ')
  const k = Math.floor(((where * segments.length) % 1) * words.length)
  const isKept = (id: number | null | undefined): boolean => typeof id === 'number' && kept.has(id)
  const written = (texts: string[], line: (number | null)[]): Model => ({
    segments: setText(segments, at, texts.join(' ')),
    ids: ids.with(at, line),
  })
  // Of two same words side by side nobody can say which one is left.
  const clear = (texts: string[]): boolean => texts.every((text, n) => text !== texts[n + 1])
  switch (kind) {
    case 'split': {
      if (k === 0) break
      const line = ids[at]!
      return {
        segments: trimmed(split(segments, at, words.slice(0, k).join(' ').length + 1)),
        ids: ids.toSpliced(at, 1, line.slice(0, k), line.slice(k)),
      }
    }
    case 'merge': {
      const next = segments[at + 1]?.text.split(' ')
      if (!next || !clear([...words, ...next])) break
      return { segments: merge(segments, at), ids: ids.toSpliced(at, 2, [...ids[at]!, ...ids[at + 1]!]) }
    }
    case 'remove':
      if (segments.length === 1 || ids[at]!.some(isKept)) break
      return { segments: remove(segments, at), ids: ids.toSpliced(at, 1) }
    case 'speaker':
      return { segments: setSpeaker(segments, at, word), ids }
    case 'insert': {
      const before = k > 0 ? ids[at]![k - 1] : ids.slice(0, at).flat().at(-1)
      const behind = ids[at]![k]
      const next = words.toSpliced(k, 0, word)
      // In the middle of the passage it would be another passage.
      if ((isKept(before) && isKept(behind)) || !clear(next)) break
      return written(next, ids[at]!.toSpliced(k, 0, null))
    }
    case 'delete': {
      const next = words.toSpliced(k, 1)
      if (isKept(ids[at]![k]) || next.length === 0 || !clear(next)) break
      return written(next, ids[at]!.toSpliced(k, 1))
    }
    case 'correct': {
      const next = words.with(k, word)
      if (isKept(ids[at]![k]) || !clear(next)) break
      return written(next, ids[at]!.with(k, null))
    }
  }
  return { segments, ids }
}

/** As they are stored. */
const trimmed = (segments: Segments): Segments =>
  segments.map((segment) =>
    segment.text === segment.text.trim() ? segment : { ...segment, text: segment.text.trim() },
  )

const talks = fc
  .array(fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 })
  .map((lines) => lines.map((words) => words.filter((word, k) => word !== words[k - 1])))

it('a comment’s words stay the comment’s words under any sequence of edits that leaves them', () => {
  fc.assert(
    fc.property(
      talks,
      fc.nat(),
      fc.nat({ max: 4 }),
      fc.array(edit, { maxLength: 40 }),
      (talk, begin, more, edits) => {
        let count = 0
        const ids = talk.map((words) => words.map(() => count++))
        const segments = keyed(talk.map((words, k) => line(k * 6, words.join(' '))))
        const all = segments.flatMap(({ words }) => words ?? [])
        const first = begin % count
        const last = Math.min(count - 1, first + more)
        const quote = all.slice(first, last + 1).map(({ word }) => word.trim())
        const passage = { start: all[first]!.start, end: all[last]!.end, quote: quote.join(' ') }
        const kept = new Set(Array.from({ length: last - first + 1 }, (_, k) => first + k))
        const locator = createLocator()
        let model: Model = { segments, ids }
        for (const each of edits) {
          model = edited(model, each, kept)
          const found = locator(model.segments, passage)
          expect(found?.changed).toBe(false)
          const ofComment = [...marksOf(model.segments, found!)].flatMap(([at, { from, to }]) => {
            const { text } = model.segments[at]!
            const before = text.slice(0, from).split(' ').length - 1
            return model.ids[at]!.slice(before, before + text.slice(from, to).split(' ').length)
          })
          expect(ofComment).toEqual([...kept])
        }
      },
    ),
    { numRuns: 500 },
  )
})
