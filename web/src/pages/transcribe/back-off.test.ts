import { expect, it } from 'vitest'
import { retryDelay, worthRetrying } from './back-off.ts'

it('waits longer each time, up to half a minute', () => {
  expect([1, 2, 3, 5, 6, 7, 50].map(retryDelay)).toEqual([1000, 2000, 4000, 16_000, 30_000, 30_000, 30_000])
})

it('tries again what may pass, and not what never will', () => {
  expect([undefined, 0, 500, 503, 423, 429].every(worthRetrying)).toBe(true)
  expect([400, 401, 403, 404, 413, 415].some(worthRetrying)).toBe(false)
})
