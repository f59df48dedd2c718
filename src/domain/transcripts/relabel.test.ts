import { describe, expect, it } from 'vitest'
import type { Segment } from '../../ports/transcript.ts'
import { applyChanges } from './changes.ts'
import { relabelled } from './relabel.ts'

const said = (start: number, text: string, speaker?: string): Segment => {
  const words = text.split(' ').map((word, k) => ({ word, start: start + k, end: start + k + 0.8 }))
  return { start, end: words.at(-1)!.end, text, words, ...(speaker !== undefined && { speaker }) }
}
const turn = (start: number, end: number, speaker: number) => ({ start, end, speaker })
const labels = (segments: readonly Segment[], turns: Parameters<typeof relabelled>[1]): string[] =>
  applyChanges(segments, relabelled(segments, turns).changes)!.map(
    ({ speaker, text }) => `${speaker}: ${text}`,
  )

describe('relabelled', () => {
  const five = [
    said(0, 'Good morning to', 'Ann'),
    said(3, 'all of you.', 'Speaker 2'),
    said(6, 'And to you.', 'Ben'),
  ]

  it('leaves words and times, keeps names, and joins what was cut in the middle of a sentence', () => {
    const { changes, speakers } = relabelled(five, [turn(0, 6, 0), turn(6, 9, 1)])
    expect(speakers).toBe(2)
    expect(changes).toEqual([
      {
        ...{ at: 0, remove: 2 },
        insert: [{ ...said(0, 'Good morning to all of you.', 'Ann'), end: five[1]!.end }],
      },
    ])
    expect(applyChanges(five, changes)!.flatMap(({ words }) => words)).toEqual(
      five.flatMap(({ words }) => words),
    )
  })

  it('cuts where there are more than was thought, and calls the new one by a number that is free', () =>
    expect(labels(five, [turn(0, 6, 0), turn(6, 7, 1), turn(7, 9, 2)])).toEqual([
      'Ann: Good morning to all of you.',
      'Speaker 1: And',
      'Ben: to you.',
    ]))

  it('names everybody where nobody was named', () =>
    expect(labels([said(0, 'one two'), said(3, 'three')], [turn(0, 2, 0), turn(3, 4, 1)])).toEqual([
      'Speaker 1: one two',
      'Speaker 2: three',
    ]))

  it('leaves a line whole where another one begins within it', () => {
    const both = [said(0, 'one two three', 'Ann'), said(1, 'meanwhile', 'Ben')]
    expect(labels(both, [turn(0, 2, 0), turn(2, 3, 1)])).toEqual(['Ann: one two three', 'Ann: meanwhile'])
  })

  it('changes nothing where nothing is different, or nobody was heard', () => {
    expect(relabelled([said(0, 'one', 'Ann')], [turn(0, 1, 0)]).changes).toEqual([])
    expect(relabelled(five, [])).toEqual({ changes: [], speakers: 0 })
  })
})
