import fc from 'fast-check'
import { expect, it } from 'vitest'
import { snapped } from './snap.ts'

const LENGTH = 20
const time = fc.double({ min: -1, max: LENGTH + 1, noNaN: true })
const words = fc.array(fc.record({ start: time, end: time }), { maxLength: 60 })
const runs = fc
  .uniqueArray(fc.integer({ min: 0, max: 10 * LENGTH }), { maxLength: 20 })
  .map((borders) => borders.sort((a, b) => a - b).map((border) => border / 10))
  .map((borders) =>
    Array.from({ length: Math.floor(borders.length / 2) }, (_, k) => ({
      start: borders[2 * k]!,
      end: borders[2 * k + 1]!,
    })),
  )

it('whatever attention says, words are in order, have a length, and end before the next and the end', () => {
  fc.assert(
    fc.property(words, runs, (given, speech) => {
      const drawn = snapped(given, speech, LENGTH)
      expect(drawn).toHaveLength(given.length)
      let before = 0
      for (const { start, end } of drawn) {
        expect(start).toBeGreaterThanOrEqual(before)
        expect(end).toBeGreaterThan(start)
        before = end - 1e-9
      }
      expect(before).toBeLessThanOrEqual(LENGTH)
    }),
    { numRuns: 1000 },
  )
})

it('a word that begins in a pause begins where speech does', () => {
  const speech = [
    { start: 1, end: 2 },
    { start: 5, end: 6 },
  ]
  const drawn = snapped(
    [
      { start: 0, end: 2 },
      { start: 2.4, end: 6 },
    ],
    speech,
    8,
  )
  expect(drawn.map(({ start }) => start)).toEqual([1, 5])
  expect(drawn[0]!.end).toBeLessThanOrEqual(2)
  expect(drawn[1]!.end).toBeLessThanOrEqual(6)
})

it('speech without a word takes the last one of the speech before it, which keeps another', () => {
  const speech = [
    { start: 1, end: 2 },
    { start: 4, end: 4.1 },
    { start: 5, end: 6 },
    { start: 8, end: 9 },
  ]
  const given = [
    { start: 1, end: 1.4 },
    { start: 1.5, end: 1.9 },
    { start: 6.5, end: 9 },
  ]
  expect(snapped(given, speech, 10).map(({ start }) => start)).toEqual([1, 5, 8])
  const alone = [given[0]!, given[2]!]
  expect(snapped(alone, speech, 10).map(({ start }) => start)).toEqual([1, 8])
})

it('without any speech to draw to, order and lengths hold all the same', () => {
  const drawn = snapped(
    [
      { start: 1, end: 2 },
      { start: 3, end: 4 },
    ],
    [],
    5,
  )
  expect(drawn.map(({ start }) => Math.round(start))).toEqual([1, 3])
})
