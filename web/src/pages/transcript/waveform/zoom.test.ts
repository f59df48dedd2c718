import { expect, it } from 'vitest'
import { following, mostOf, scrollFor, zoomed } from './zoom.ts'

it('goes from the whole to a few seconds, and no further', () => {
  const hours = 3 * 3600
  let zoom = 1
  for (let k = 0; k < 30; k++) zoom = zoomed(zoom, 2, hours)
  expect(hours / zoom).toBeCloseTo(8)
  for (let k = 0; k < 30; k++) zoom = zoomed(zoom, 0.5, hours)
  expect(zoom).toBe(1)
  expect(mostOf(3)).toBe(1)
})

it('keeps a second where it was', () => {
  expect(scrollFor(50, 100, 100, 4000)).toBe(1900)
  expect(scrollFor(0, 100, 100, 4000)).toBe(0)
})

it('follows what plays only when it leaves', () => {
  const seen = { left: 1000, width: 500 }
  expect(following(1200, seen)).toBeUndefined()
  expect(following(1460, seen)).toBe(1410)
  expect(following(10, seen)).toBe(0)
})
