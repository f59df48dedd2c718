import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placeWords } from './editor/words.ts'
import { pieces } from './pieces.ts'

const words = placeWords('one two three', [
  { word: 'one', start: 0, end: 1 },
  { word: 'two', start: 1, end: 2 },
])

it('cuts at words and at marks', () => {
  const shown = pieces('one two three', words, [
    { from: 2, to: 5 },
    { from: 8, to: 9, current: true },
  ]).map(({ text, word, mark }) => [text, word, mark])
  expect(shown).toEqual([
    ['on', 0, undefined],
    ['e', 0, 'hit'],
    [' ', undefined, 'hit'],
    ['t', 1, 'hit'],
    ['wo', 1, undefined],
    [' ', undefined, undefined],
    ['t', undefined, 'current'],
    ['hree', undefined, undefined],
  ])
})

it('loses and doubles nothing', () => {
  const range = fc
    .tuple(fc.nat(13), fc.nat(13))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }))
  fc.assert(
    fc.property(fc.array(range), (marks) => {
      const all = pieces('one two three', words, marks)
      expect(all.map(({ text }) => text).join('')).toBe('one two three')
    }),
  )
})

it('is nothing for nothing', () => expect(pieces('', [], [])).toEqual([]))
