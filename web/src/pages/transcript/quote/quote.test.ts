import { describe, expect, it } from 'vitest'
import { keyed } from '../editor/segments.ts'
import { marksOfQuote, quoteLink, quoteOf, textOfQuote } from './quote.ts'

const words = (text: string, start: number) =>
  text.split(' ').map((word, k) => ({ word, start: start + k, end: start + k + 0.9 }))
const line = (text: string, start: number) => ({
  ...{ start, text, words: words(text, start) },
  end: start + text.split(' ').length,
})
const segments = keyed([
  line('the harbour was quiet', 10.004),
  line('nobody came', 20),
  { start: 30, end: 33, text: 'no words here' },
])

describe('quoteOf', () => {
  it('takes whole words, wherever in them the selection begins and ends', () => {
    const quote = quoteOf(segments, { at: 0, offset: 6 }, { at: 0, offset: 13 })
    expect(quote).toEqual({
      ...{ from: 11, to: 12.9, text: 'harbour was', words: 2 },
      passage: { from: { at: 0, offset: 4 }, to: { at: 0, offset: 16 } },
    })
  })
  it('goes over several lines', () => {
    const quote = quoteOf(segments, { at: 0, offset: 16 }, { at: 1, offset: 3 })
    expect(quote).toMatchObject({
      ...{ from: 13, to: 20.9, text: 'quiet nobody' },
      passage: { from: { at: 0, offset: 16 }, to: { at: 1, offset: 7 } },
    })
  })
  it('is all of a line whose words have no times', () => {
    expect(quoteOf(segments, { at: 2, offset: 3 }, { at: 2, offset: 5 })).toMatchObject({
      ...{ from: 30, to: 33 },
      text: 'no words here',
    })
  })
  it('is nothing where no word is selected', () => {
    expect(quoteOf(segments, { at: 0, offset: 3 }, { at: 0, offset: 4 })).toBeUndefined()
    expect(quoteOf(segments, { at: 7, offset: 0 }, { at: 9, offset: 4 })).toBeUndefined()
  })
})

it('finds the same words again by their times', () => {
  for (const [begin, end] of [
    [
      { at: 0, offset: 4 },
      { at: 0, offset: 15 },
    ],
    [
      { at: 0, offset: 16 },
      { at: 1, offset: 3 },
    ],
    [
      { at: 2, offset: 0 },
      { at: 2, offset: 9 },
    ],
  ] as const) {
    const quote = quoteOf(segments, begin, end)
    expect(quote && textOfQuote(segments, quote)).toBe(quote?.text)
  }
  expect(marksOfQuote(segments, { from: 11, to: 12.9 })).toEqual(
    new Map([[0, { from: 4, to: 15, quote: true }]]),
  )
})

it('makes an address of it, in place of what the address asked for before', () => {
  const link = quoteLink('http://here:8080/shared/abc?q=harbour#x', { from: 1.5, to: 2.25 })
  expect(link).toBe('http://here:8080/shared/abc?t=1.5&to=2.25#x')
})
