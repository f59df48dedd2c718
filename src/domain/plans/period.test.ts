import fc from 'fast-check'
import { expect, it } from 'vitest'
import { nextPeriod } from './period.ts'

const at = (text: string): number => Date.parse(text)

it.each([
  ['2027-01-15T10:00:00Z', '2027-01-15T10:00:00Z', '2027-02-15T10:00:00Z'],
  ['2027-01-31T10:00:00Z', '2027-01-31T10:00:00Z', '2027-02-28T10:00:00Z'],
  ['2027-01-31T10:00:00Z', '2027-02-28T10:00:00Z', '2027-03-31T10:00:00Z'],
  ['2028-01-30T00:00:00Z', '2028-02-01T00:00:00Z', '2028-02-29T00:00:00Z'],
  ['2027-12-31T23:59:59Z', '2028-11-30T23:59:58Z', '2028-11-30T23:59:59Z'],
])('of an account begun on %s, after %s, comes %s', (anchor, after, due) => {
  expect(new Date(nextPeriod(at(anchor), at(after))).toISOString().replace('.000', '')).toBe(due)
})

it('property: periods follow each other, a month apart, as long as one likes', () => {
  const time = fc.integer({ min: at('2020-01-01'), max: at('2060-01-01') })
  fc.assert(
    fc.property(time, (anchor) => {
      let due = anchor
      for (let n = 0; n < 30; n++) {
        const next = nextPeriod(anchor, due)
        const days = (next - due) / 86_400_000
        expect(days).toBeGreaterThanOrEqual(28)
        expect(days).toBeLessThanOrEqual(31)
        due = next
      }
    }),
  )
})
