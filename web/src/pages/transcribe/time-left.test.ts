import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Sample, timeLeft, withSample } from './time-left.ts'

const seen = (...looks: [seconds: number, pct: number][]): Sample[] =>
  looks.reduce<Sample[]>((samples, [s, pct]) => withSample(samples, { at: s * 1000, pct }), [])

describe('the time left', () => {
  it('follows from the speed so far, and runs down by itself', () => {
    const samples = seen([0, 0], [10, 20])
    expect(timeLeft(samples, 10_000)).toBe(40_000)
    expect(timeLeft(samples, 15_000)).toBe(35_000)
    expect(timeLeft(samples, 300_000)).toBe(0)
  })

  it('is not guessed from one look, nor from a moment', () => {
    expect(timeLeft([], 0)).toBeUndefined()
    expect(timeLeft(seen([0, 50]), 1000)).toBeUndefined()
    expect(timeLeft(seen([0, 0], [1, 30]), 1000)).toBeUndefined()
    expect(timeLeft(seen([0, 10], [30, 10]), 30_000)).toBeUndefined()
  })

  it('forgets how slow the start was', () => {
    const samples = seen([0, 0], [300, 10], [310, 20], [370, 80])
    expect(timeLeft(samples, 370_000)).toBe(20_000)
  })

  it('begins anew where the progress does', () => {
    expect(seen([0, 90], [5, 3])).toEqual([{ at: 5000, pct: 3 }])
  })

  it('is exact for even progress, however often one looks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99 }), fc.integer({ min: 3, max: 600 }), (looks, total) => {
        const samples = Array.from({ length: looks + 1 }, (_, k) => ({
          at: (k / 100) * total * 1000,
          pct: k,
        })).reduce<Sample[]>(withSample, [])
        const now = (looks / 100) * total * 1000
        const left = timeLeft(samples, now)
        if (now >= 2000) expect(left).toBeCloseTo(total * 1000 - now, 3)
        else expect(left).toBeUndefined()
      }),
    )
  })
})
