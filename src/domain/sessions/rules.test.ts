import { describe, expect, it } from 'vitest'
import { FORGET_MS, throttleKeys, waitAfter } from './rules.ts'

describe('waiting after failed logins', () => {
  const now = 1_000_000_000
  const waitFor = (failures: number, kind: 'pair' | 'address' | 'email' = 'pair') =>
    waitAfter(kind, { failures, last_at: now }, now)

  it('is nothing for a few mistypes', () => expect([0, 1, 4].map((n) => waitFor(n))).toEqual([0, 0, 0]))
  it('doubles', () => expect([5, 6, 7].map((n) => waitFor(n))).toEqual([15_000, 30_000, 60_000]))
  it('is at most a quarter of an hour', () => expect(waitFor(500)).toBe(900_000))
  it('passes', () => expect(waitAfter('pair', { failures: 5, last_at: now }, now + 15_000)).toBe(0))
  it('is forgotten', () =>
    expect(waitAfter('pair', { failures: 90, last_at: now }, now + FORGET_MS + 1)).toBe(0))
  it('begins later for a whole address, and for a person from anywhere', () => {
    expect(waitFor(29, 'address')).toBe(0)
    expect(waitFor(30, 'address')).toBe(15_000)
    expect(waitFor(49, 'email')).toBe(0)
  })
})

it('counts by person and address, by address, and by person', () => {
  expect(throttleKeys('a@b', '::1').map(([kind]) => kind)).toEqual(['pair', 'address', 'email'])
})
