import { expect, it } from 'vitest'
import { quotesOf } from './quotes.ts'

const segment = (start: number, text: string, speaker?: string) => {
  const words = text
    .split(' ')
    .map((word, k) => ({ word, start: start + k * 0.5, end: start + k * 0.5 + 0.4 }))
  return { start, end: words.at(-1)!.end, text, words, ...(speaker && { speaker }) }
}
const talk = [
  segment(0, 'Ask not what your country', 'Ann'),
  segment(3, 'can do for you.', 'Ann'),
  segment(6, 'Ask what you can do', 'Bob'),
  segment(9, 'for your country.', 'Bob'),
]

it('to the word, over the border of segments, whatever the case and the signs', () => {
  expect(quotesOf(talk, 'COUNTRY can do, for you', 0)).toEqual([
    { start: 2, end: 4.9, text: 'Ask not what your country can do for you.', speaker: 'Ann' },
  ])
})

it('every time that it is said', () => {
  expect(quotesOf(talk, 'your country', 0).map(({ start }) => start)).toEqual([1.5, 9.5])
})

it('with what is said around it', () => {
  expect(quotesOf(talk, 'for you', 1)).toEqual([
    {
      start: 0,
      end: 8.4,
      text: 'Ask not what your country can do for you. Ask what you can do',
    },
  ])
})

it('words that are said apart: the segments that have all of them', () => {
  expect(quotesOf(talk, 'do ask', 0)).toEqual([
    { start: 6, end: 8.4, text: 'Ask what you can do', speaker: 'Bob' },
  ])
  expect(quotesOf(talk, 'nobody', 0)).toEqual([])
  expect(quotesOf(talk, '…', 0)).toEqual([])
})

it('without the times of words: those of the segment', () => {
  const untimed = talk.map(({ words: _, ...rest }) => rest)
  expect(quotesOf(untimed, 'your country can', 0)).toMatchObject([{ start: 0, end: 4.9 }])
})
