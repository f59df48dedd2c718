import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clock, parseClock } from './clock.ts'

it('writes times as people do', () => {
  expect([0, 7.4, 59.9, 60, 3599, 3600, 36_000.5].map((s) => clock(s))).toEqual([
    '0:00',
    '0:07',
    '0:59',
    '1:00',
    '59:59',
    '1:00:00',
    '10:00:00',
  ])
  expect(clock(61.25, { decimals: true })).toBe('1:01.250')
})

it('reads what it writes, to the millisecond', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400_000_000 }), (ms) => {
      expect(parseClock(clock(ms / 1000, { decimals: true }))).toBeCloseTo(ms / 1000, 6)
    }),
  )
})

it('reads other spellings, and nothing else', () => {
  expect(['7', ' 1:02,5 ', '1:02:03', '90:00'].map(parseClock)).toEqual([7, 62.5, 3723, 5400])
  expect(['', 'x', '1:', '-1', '1:2:3:4', '1e3'].map(parseClock)).toEqual(Array(6).fill(undefined))
})
