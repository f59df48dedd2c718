import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { count, emptyWindow, freeAt, slide, used } from './window.ts'

const T0 = 1_800_000_000

describe('the rolling window', () => {
  it('property: no 60 seconds bring more than the limit, and a refused request may come at freeAt', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 25_000 }), { minLength: 1, maxLength: 60 }),
        (limit, gaps) => {
          let now = T0 * 1000
          let window = emptyWindow(T0)
          const passed: number[] = []
          for (const gap of gaps) {
            now += gap
            window = slide(window, Math.floor(now / 1000))
            if (used(window) < limit) {
              window = count(window)
              passed.push(now)
            } else {
              const free = freeAt(window)
              expect(free).toBeGreaterThan(now)
              expect(free - now).toBeLessThanOrEqual(61_000)
              expect(used(slide(window, free / 1000))).toBeLessThan(limit)
            }
          }
          for (const start of passed)
            expect(passed.filter((t) => t >= start && t < start + 60_000).length).toBeLessThanOrEqual(limit)
        },
      ),
    )
  })

  it('forgets everything after a minute, and nothing when the clock goes back', () => {
    const one = count(emptyWindow(T0))
    expect(used(slide(one, T0 + 60))).toBe(1)
    expect(used(slide(one, T0 + 61))).toBe(0)
    expect(slide(one, T0 - 5)).toEqual(one)
  })
})
