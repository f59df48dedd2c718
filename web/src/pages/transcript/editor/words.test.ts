import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeWords, retimeWords } from './words.ts'

const timed = (words: readonly string[]) => words.map((word, k) => ({ word, start: k, end: k + 0.5 }))
const retimed = (before: string, after: string) => {
  const words = before.split(' ')
  return retimeWords(before, timed(words), after, { start: 0, end: words.length })
}
const kept = (before: string, after: string) =>
  retimed(before, after).map(({ word, start, end }) => `${word} ${start}–${end}`)

describe('words in a text', () => {
  it('are found one after the other', () => {
    expect(placeWords('The cat, the cat.', timed(['The', 'cat', 'the', 'cat']))).toMatchObject([
      { from: 0, to: 3 },
      { from: 4, to: 7 },
      { from: 9, to: 12 },
      { from: 13, to: 16 },
    ])
  })
  it('may be missing, or have spaces of their own', () => {
    expect(placeWords('one three', timed([' one', ' two', ' three', '']))).toMatchObject([
      { from: 0, start: 0 },
      { from: 4, start: 2 },
    ])
  })
})

describe('a changed text', () => {
  it('keeps the times around a corrected word', () =>
    expect(kept('one tow three', 'one two three')).toEqual(['one 0–0.5', 'two 1–1.5', 'three 2–2.5']))
  it('puts a new word between its neighbours', () =>
    expect(kept('one three', 'one two three')).toEqual(['one 0–0.5', 'two 0.5–1', 'three 1–1.5']))
  it('shares the time of what was one word', () =>
    expect(kept('cannot go', 'can not go')).toEqual(['can 0–0.25', 'not 0.25–0.5', 'go 1–1.5']))
  it('forgets removed words', () =>
    expect(kept('one two three', 'one three')).toEqual(['one 0–0.5', 'three 2–2.5']))
  it('sees that a word has grown', () =>
    expect(kept('cat sat', 'cats sat')).toEqual(['cats 0–0.5', 'sat 1–1.5']))
  it('may be nothing', () => expect(kept('one two', '')).toEqual([]))
  it('may have been nothing', () =>
    expect(retimeWords('', [], 'a b', { start: 2, end: 3 })).toEqual([
      { word: 'a', start: 2, end: 2.5 },
      { word: 'b', start: 2.5, end: 3 },
    ]))

  it('has all its words, at times that rise', () => {
    const words = fc.array(fc.constantFrom('one', 'two', 'two.', 'ones', 'o'), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(words, words, (before, after) => {
        const result = retimed(before.join(' '), after.join(' '))
        expect(result.map(({ word }) => word)).toEqual(after)
        const times = result.flatMap(({ start, end }) => [start, end])
        expect(times).toEqual([...times].sort((a, b) => a - b))
      }),
    )
  })
})
