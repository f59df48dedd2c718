import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '../alignment/speech-runs.ts'
import { speechIn } from '../alignment/speech-runs.ts'
import { holes, mostSpeech, unclear, wordsIn } from './holes.ts'

const LENGTH = 28
const runs: fc.Arbitrary<Run[]> = fc
  .uniqueArray(fc.integer({ min: 0, max: 10 * LENGTH }), { maxLength: 24 })
  .map((borders) => borders.sort((a, b) => a - b))
  .map((borders) =>
    Array.from({ length: Math.floor(borders.length / 2) }, (_, k) => ({
      start: borders[2 * k]! / 10,
      end: borders[2 * k + 1]! / 10,
    })),
  )
const words = fc
  .array(
    fc.record({ at: fc.integer({ min: 0, max: 10 * LENGTH - 1 }), letters: fc.integer({ min: 1, max: 12 }) }),
    {
      maxLength: 20,
    },
  )
  .map((all) =>
    all
      .sort((a, b) => a.at - b.at)
      .map(({ at, letters }) => ({ word: 'x'.repeat(letters), start: at / 10, end: at / 10 + 0.1 })),
  )
const inOrder = (spans: readonly Run[]): void => {
  let before = 0
  for (const { start, end } of spans) {
    expect(start).toBeGreaterThanOrEqual(before)
    expect(end).toBeGreaterThan(start)
    before = end
  }
  expect(before).toBeLessThanOrEqual(LENGTH)
}

describe('holes', () => {
  it('are spans in order, each with speech in it, none longer than a window', () => {
    fc.assert(
      fc.property(words, runs, (said, speech) => {
        const found = holes(said, speech, speech, LENGTH)
        inOrder(found)
        for (const { start, end } of found) {
          expect(end - start).toBeLessThanOrEqual(27)
          expect(speechIn(speech, start, end)).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('are where a word holds more speech than it can be, and only there', () => {
    fc.assert(
      fc.property(words, runs, (said, speech) => {
        const tooMuch = said.some(
          ({ word, start }, i) => speechIn(speech, start, said[i + 1]?.start ?? LENGTH) > mostSpeech(word),
        )
        // With the sound around it: what is longer than a window is not listened to again.
        const fitsWindow = speech.length > 0 && speech.at(-1)!.end - speech[0]!.start + 0.4 <= 27
        if (!tooMuch) expect(holes(said, speech, speech, LENGTH)).toEqual([])
        else if (fitsWindow) expect(holes(said, speech, speech, LENGTH)).not.toEqual([])
      }),
    )
  })
})

describe('what stays unclear', () => {
  it('is speech, in order', () => {
    fc.assert(
      fc.property(words, runs, (said, speech) => {
        const left = unclear(said, speech, LENGTH)
        inOrder(left)
        for (const { start, end } of left) expect(speechIn(speech, start, end)).toBeCloseTo(end - start)
      }),
    )
  })

  it('is all of it where nothing was understood, and nothing where words fill it', () => {
    fc.assert(
      fc.property(runs, (speech) => {
        expect(unclear([], speech, LENGTH)).toEqual(speech)
        const filled = speech.flatMap(({ start, end }) =>
          Array.from({ length: Math.ceil(2 * (end - start)) }, (_, k) => ({
            word: 'word',
            start: start + k / 2,
            end: start + k / 2 + 0.4,
          })),
        )
        expect(unclear(filled, speech, LENGTH)).toEqual([])
      }),
    )
  })
})

it('words of a span are those that begin in it, as places in the list', () => {
  fc.assert(
    fc.property(
      words,
      fc.integer({ min: 0, max: 270 }),
      fc.integer({ min: 1, max: 60 }),
      (said, from, size) => {
        const span = { start: from / 10, end: (from + size) / 10 }
        const [first, last] = wordsIn(said, span)
        expect(first).toBeLessThanOrEqual(last)
        said.forEach(({ start }, i) => {
          if (start >= span.start && start < span.end) expect(i >= first && i < last).toBe(true)
          if (start >= span.end) expect(i).toBeGreaterThanOrEqual(last)
          if (start < span.start - 0.06) expect(i).toBeLessThan(Math.max(first, 1))
        })
      },
    ),
  )
})
