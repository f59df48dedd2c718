import { expect, it } from 'vitest'
import { givePassage } from './give.ts'
import { edit, opened } from './history.ts'
import { keyed } from './segments.ts'

const line = (text: string, start: number, speaker: string) => ({
  ...{ start, end: start + text.split(' ').length, text, speaker },
  words: text.split(' ').map((word, k) => ({ word, start: start + k, end: start + k + 0.5 })),
})
const lines = keyed([line('one two, three', 0, 'Ann'), line('four five', 3, 'Ann'), line('six', 5, 'Ben')])
const said = (all: readonly { text: string; speaker?: string | undefined }[]): string[] =>
  all.map(({ text, speaker }) => `${speaker}: ${text.trim()}`)
const given = (from: [number, number], to: [number, number], speaker = 'Ben') =>
  givePassage(lines, { from: { at: from[0], offset: from[1] }, to: { at: to[0], offset: to[1] } }, speaker, 9)

it('cuts the lines that it begins and ends in', () => {
  expect(said(given([0, 4], [1, 5]))).toEqual([
    'Ann: one',
    'Ben: two, three',
    'Ben: four',
    'Ann: five',
    'Ben: six',
  ])
  expect(said(given([0, 4], [0, 9]))).toEqual([
    'Ann: one',
    'Ben: two,',
    'Ann: three',
    'Ann: four five',
    'Ben: six',
  ])
})

it('cuts nothing where it is whole lines, and loses no word and no time', () => {
  const whole = given([0, 0], [1, 9])
  expect(said(whole)).toEqual(['Ben: one two, three', 'Ben: four five', 'Ben: six'])
  expect(given([0, 4], [1, 5]).flatMap(({ words }) => words)).toEqual(lines.flatMap(({ words }) => words))
  expect(new Set(given([0, 4], [1, 5]).map(({ key }) => key)).size).toBe(5)
})

it('changes nothing where it is theirs already', () => expect(given([0, 4], [1, 5], 'Ann')).toBe(lines))

it('is one step, and taken back as one', () => {
  const step = {
    ...({ kind: 'give', speaker: 'Ben' } as const),
    passage: { from: { at: 0, offset: 4 }, to: { at: 1, offset: 5 } },
  } as const
  const after = edit(opened(lines), step)
  expect(after.segments).toHaveLength(5)
  expect(edit(after, { kind: 'undo' }).segments).toEqual(lines)
})
