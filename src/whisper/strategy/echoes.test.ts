import fc from 'fast-check'
import { expect, it } from 'vitest'
import { withoutEchoes } from './echoes.ts'

/** Words one after the other; those in brackets have no time: a frame of 20 ms each. */
function timed(text: string) {
  let at = 0
  let none = false
  return text.split(' ').map((written) => {
    if (written.startsWith('(')) none = true
    const word = { word: ` ${written.replace(/[()]/g, '')}`, start: at, end: at + (none ? 0.02 : 0.3) }
    if (written.endsWith(')')) none = false
    at = word.end
    return word
  })
}
const textOf = (words: readonly { word: string }[]): string =>
  words
    .map(({ word }) => word)
    .join('')
    .trim()

it.each([
  ['Press star now. (Press star now.)', 'Press star now.'],
  ['(Press star now.) Press star now.', 'Press star now.'],
  ['one. Press star now. (Press star) now.', 'one. Press star now.'],
  ['to the end of the line (to the end of the) line', 'to the end of the line'],
  ['so they go (they go) there', 'so they go there'],
])('what has no time of its own is there once: %s', (text, left) => {
  expect(textOf(withoutEchoes(timed(text)))).toBe(left)
})

it('the phrase that stays has the time of both', () => {
  const words = withoutEchoes(timed('Press star now. (Press star now.)'))
  expect(words[0]!.start).toBe(0)
  expect(words.at(-1)!.end).toBeCloseTo(0.96)
})

it.each([
  'a b c a b c',
  'no (no)',
  'Press star. (Press pound.)',
  'very very good',
  'so we go (we go) there',
  'I am a doctor. (I am a) doctor.',
])('what was said twice, or is not the same, stays: %s', (text) => {
  expect(textOf(withoutEchoes(timed(text)))).toBe(text.replace(/[()]/g, ''))
})

it('only repetitions go, times keep their order, and what is left is left alone', () => {
  const word = fc.record({ word: fc.constantFrom(' abc', ' bcd', ' Cde.'), long: fc.boolean() })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (said) => {
      let at = 0
      const words = said.map(({ word, long }) => {
        const start = at
        at += long ? 0.2 : 0.02
        return { word, start, end: at }
      })
      const left = withoutEchoes(words)
      expect(new Set(left.map(({ word }) => word))).toEqual(new Set(words.map(({ word }) => word)))
      expect(left[0]?.start).toBe(words[0]?.start)
      expect(left.at(-1)?.end).toBe(words.at(-1)?.end)
      for (let i = 1; i < left.length; i++) expect(left[i]!.start).toBeGreaterThanOrEqual(left[i - 1]!.end)
      expect(withoutEchoes(left)).toEqual(left)
    }),
  )
})
