import { expect, it } from 'vitest'
import type { Segment } from '../../ports/transcript.ts'
import { replaced } from './replace.ts'

const segment = (start: number, text: string): Segment => ({
  start,
  end: start + 10,
  text,
  words: text
    .split(' ')
    .map((word, k) => ({ word, start: start + k, end: start + k + 0.8, probability: 0.9 - k / 100 })),
})
const transcript = (...texts: string[]) => {
  const segments = texts.map((text, k) => segment(k * 10, text))
  return { text: texts.join(' '), segments, language: 'en' }
}
const made = (text: string, ...replacements: [from: string, to: string][]) =>
  replaced(
    transcript(text),
    replacements.map(([from, to]) => ({ from, to })),
  )

it('whole words, in whatever case, with the signs around them', () => {
  const { text, segments } = made('“Eyre Shot, hears. An eyre shots?', ['eyre shot', 'Earshot'])
  expect(text).toBe('“Earshot, hears. An eyre shots?')
  expect(segments[0]!.words!.map(({ word }) => word)).toEqual(['“Earshot,', 'hears.', 'An', 'eyre', 'shots?'])
  expect(segments[0]!.words![0]).toEqual({ word: '“Earshot,', start: 0, end: 1.8, probability: 0.89 })
})

it('one word by several, which share its time', () => {
  const { text, segments } = made('by Eyre.', ['eyre', 'Jane Eyre'])
  expect(text).toBe('by Jane Eyre.')
  expect(segments[0]!.words!.slice(1)).toMatchObject([
    { word: 'Jane', start: 1 },
    { word: 'Eyre.', end: 1.8 },
  ])
})

it('by nothing', () => {
  const { text, segments } = made('so um we um go', ['um', ''])
  expect(text).toBe('so we go')
  expect(segments[0]!.words!.map(({ word }) => word)).toEqual(['so', 'we', 'go'])
})

it('one after the other', () => {
  expect(made('a b', ['a', 'c'], ['c b', 'd']).text).toBe('d')
})

it('signs that mean something elsewhere mean themselves', () => {
  expect(made('C++ and c+ cost $1', ['c++', '$&'], ['(a+)+$', 'x']).text).toBe('$& and c+ cost $1')
})

it('where words have no spaces between them', () => {
  expect(made('这是耳射程序', ['耳射', '耳朵']).text).toBe('这是耳朵程序')
})

it('a long text is no slower than its length', () => {
  const text = 'eyre '.repeat(20_000).trim()
  expect(
    replaced({ text, segments: [{ start: 0, end: 1, text }], language: null }, [
      { from: 'eyre shot', to: '' },
    ]).text,
  ).toBe(text)
})

it('nothing to replace changes nothing', () => {
  const same = transcript('as it is')
  expect(replaced(same)).toBe(same)
})
