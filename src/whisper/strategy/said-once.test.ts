import fc from 'fast-check'
import { expect, it } from 'vitest'
import { saidOnce } from './said-once.ts'

/** Words, each so many seconds after the one before. */
const timed = (text: string, apart: number) =>
  text.split(' ').map((word, i) => ({ word: ` ${word}`, start: i * apart, end: i * apart + apart / 2 }))
const textOf = (words: readonly { word: string }[]): string =>
  words
    .map(({ word }) => word)
    .join('')
    .trim()

it.each([
  ['so we go go go go go', 'so we go'],
  ['and then he said yes and then he said yes and then he said yes', 'and then he said yes'],
  ['You. you. You. you.', 'You.'],
])('a phrase without end is there once: %s', (text, left) => {
  expect(textOf(saidOnce(timed(text, 0.02)))).toBe(left)
})

it.each(['go go go', 'a b c a b', 'one'])('what was said often has times of its own: %s', (text) => {
  expect(textOf(saidOnce(timed(text, 0.4)))).toBe(text)
})

it('nothing but repetitions goes, and each of them stays once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 60 }), (said) => {
      const words = timed(said.join(' '), 0.01)
      const left = saidOnce(words)
      expect(words.slice(0, left.length)).toEqual(left)
      expect(new Set(left.map(({ word }) => word))).toEqual(new Set(words.map(({ word }) => word)))
    }),
  )
})
