import { expect, it } from 'vitest'
import { followClock } from './clock.ts'

const HOURS = 25 * 3_600_000

it('tells the database’s time where this machine’s clock is wrong, and again after it was set', async () => {
  let behind = HOURS
  let asked = 0
  const clock = await followClock(async () => {
    asked++
    return Date.now() - behind
  }, 5)
  expect(Math.abs(clock.now() - (Date.now() - HOURS))).toBeLessThan(HOURS / 10)
  behind = -HOURS
  for (const before = asked; asked < before + 2; ) await new Promise((done) => setTimeout(done, 5))
  expect(Math.abs(clock.now() - (Date.now() + HOURS))).toBeLessThan(HOURS / 10)
  clock.stop()
})
