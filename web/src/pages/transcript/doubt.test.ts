import { describe, expect, it } from 'vitest'
import { doubtsIn, nextDoubt } from './doubt.ts'
import { keyed } from './editor/segments.ts'

const said = (text: string, start: number, ...probabilities: (number | undefined)[]) => ({
  start,
  end: start + 3,
  text,
  words: text.split(' ').map((word, k) => ({
    word,
    start: start + k,
    end: start + k + 1,
    ...(probabilities[k] !== undefined && { probability: probabilities[k] }),
  })),
})
const lines = keyed([
  said('sure all of', 0, 0.99, 0.98),
  said('one hard word', 4, 0.9, 0.2, 0.69),
  said('no idea', 8, 0.3),
])

describe('doubtful words', () => {
  it('are those of low probability; what nobody measured is none', () =>
    expect(doubtsIn(lines)).toEqual([
      { at: 1, from: 4, to: 8, start: 5 },
      { at: 1, from: 9, to: 13, start: 6 },
      { at: 2, from: 0, to: 2, start: 8 },
    ]))

  it('are gone to one after the other, round the end, and back', () => {
    const doubts = doubtsIn(lines)
    const go = (at: number, offset: number, back = false) =>
      doubts.indexOf(nextDoubt(doubts, { at, offset }, back)!)
    expect([go(0, 0), go(1, 8), go(1, 13), go(2, 2)]).toEqual([0, 1, 2, 0])
    expect([go(2, 0, true), go(1, 4, true)]).toEqual([1, 2])
    expect(nextDoubt([], { at: 0, offset: 0 }, false)).toBeUndefined()
  })
})
