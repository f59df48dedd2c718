import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchGrowth } from './growth.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Half a minute of so many bytes a second, after `start`. */
function given(bytesPerSecond: number, start = 0): unknown {
  const { signal, saw, stop } = watchGrowth(10_000)
  for (let second = 1; second <= 30; second++) {
    vi.advanceTimersByTime(1000)
    saw(start + second * bytesPerSecond)
  }
  stop()
  return signal.reason
}

const tooSlow = expect.objectContaining({ code: 'network' })

it('lets go on what comes at a pace', () => {
  expect(given(5000)).toBeUndefined()
  expect(given(10_000_000)).toBeUndefined()
})

it('gives up what stands still, drips, or drips after a good start', () => {
  expect(given(0)).toEqual(tooSlow)
  expect(given(1)).toEqual(tooSlow)
  expect(given(100, 1_000_000)).toEqual(tooSlow)
})

it('gives up what is begun again and again', () => {
  const { signal, saw } = watchGrowth(10_000)
  for (let second = 1; second <= 60; second++) {
    vi.advanceTimersByTime(1000)
    saw((second % 6) * 20_000)
  }
  expect(signal.reason).toEqual(tooSlow)
})
