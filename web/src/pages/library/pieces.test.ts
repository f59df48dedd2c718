import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pieces } from './pieces.ts'

it('marks what is found', () => {
  expect(pieces('four seven one', [[5, 10]])).toEqual([
    { at: 0, text: 'four ', marked: false },
    { at: 5, text: 'seven', marked: true },
    { at: 10, text: ' one', marked: false },
  ])
  expect(pieces('all', [[0, 3]])).toEqual([{ at: 0, text: 'all', marked: true }])
  expect(pieces('', [])).toEqual([])
})

it('loses and doubles nothing, wherever the marks lie', () => {
  const marks = fc.array(fc.tuple(fc.nat(40), fc.nat(40)))
  fc.assert(
    fc.property(fc.string(), marks, (text, given) => {
      const whole = pieces(text, given).map((piece) => piece.text)
      expect(whole.join('')).toBe(text)
    }),
  )
})
