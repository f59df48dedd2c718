import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchGrowth } from './growth.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Whether a download that has `bytes(seconds)` bytes is still on after a minute. */
function lasts(bytes: (seconds: number) => number): boolean {
  const growth = watchGrowth(10_000, 1000)
  for (let second = 1; second <= 60; second++) {
    vi.advanceTimersByTime(1000)
    growth.saw(bytes(second))
  }
  growth.stop()
  return !growth.signal.aborted
}

it('gives up what stands still, what comes drop by drop, and what begins anew without end', () => {
  expect(lasts(() => 5000)).toBe(false)
  expect(lasts((s) => s)).toBe(false)
  expect(lasts((s) => (s % 8) * 200)).toBe(false)
})

it('lets go on what grows, however slowly', () => {
  expect(lasts((s) => s * 150)).toBe(true)
})
