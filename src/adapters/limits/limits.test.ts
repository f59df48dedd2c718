import { expect, it } from 'vitest'
import { describeBothDatabases } from '../../../test/support/both-databases.ts'
import { memoryRateLimiter } from './memory.ts'
import { postgresRateLimiter } from './postgres.ts'

const T0 = 1_800_000_000_000

describeBothDatabases('the rate limiter', (database) => {
  const limiterAt = (clock: { now(): number }) =>
    database().kind === 'postgres' ? postgresRateLimiter(database().db, clock) : memoryRateLimiter(clock)

  it('lets the limit pass of many at once, and no more', async () => {
    const limiter = limiterAt({ now: () => T0 })
    const taken = await Promise.all(Array.from({ length: 60 }, () => limiter.take('many', 40)))
    expect(taken.filter((t) => t.allowed)).toHaveLength(40)
    expect(
      taken
        .filter((t) => t.allowed)
        .map((t) => t.used)
        .sort((a, b) => a - b),
    ).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    for (const { used, freeAt } of taken.filter((t) => !t.allowed))
      expect({ used, freeAt }).toEqual({ used: 40, freeAt: T0 + 61_000 })
  })

  it('slides: what is older than a minute does not count, key by key', async () => {
    let now = T0
    const limiter = limiterAt({ now: () => now })
    expect(await limiter.take('a', 2)).toEqual({ allowed: true, used: 1, freeAt: T0 + 61_000 })
    now += 30_000
    expect(await limiter.take('a', 2)).toMatchObject({ allowed: true, used: 2, freeAt: T0 + 61_000 })
    now += 30_999
    expect(await limiter.take('a', 2)).toMatchObject({ allowed: false, used: 2, freeAt: T0 + 61_000 })
    expect(await limiter.take('b', 2)).toMatchObject({ allowed: true, used: 1 })
    now = T0 + 61_000
    expect(await limiter.take('a', 2)).toMatchObject({ allowed: true, used: 2, freeAt: T0 + 91_000 })
    now += 600_000
    expect(await limiter.take('a', 2)).toMatchObject({ allowed: true, used: 1 })
  })
})
