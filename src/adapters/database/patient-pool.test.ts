/** Waiting for one of our own connections is not waiting for a database that does not answer. */
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultyProxy, faultyProxy } from '../../../test/support/faulty-proxy.ts'
import { type Postgres, startPostgres } from '../../../test/support/postgres.ts'
import { databaseAway } from './away.ts'
import { createPool, postgresLimits } from './postgres.ts'

const LONG_MS = 30_000
const LIMITS = { ...postgresLimits(LONG_MS), connectMs: 1000 }

let postgres: Postgres
let proxy: FaultyProxy
let url: (user?: string) => string
let pool: pg.Pool

beforeAll(async () => {
  postgres = await startPostgres()
  const { pathname, searchParams } = new URL(await postgres.createBareDatabase())
  proxy = await faultyProxy({ path: `${searchParams.get('host')}/.s.PGSQL.5432` })
  url = (user = 'postgres') => `postgres://${user}@127.0.0.1:${proxy.port}${pathname}`
})

afterAll(async () => {
  await proxy?.close()
  await postgres?.stop()
})

beforeEach(() => {
  pool = createPool(url(), LIMITS, 1)
})

afterEach(async () => {
  proxy.mend()
  await pool.end()
})

const now = async (): Promise<'answered'> => {
  await pool.query('select 1')
  return 'answered'
}

/** What became of it, and how long it took. */
async function timed(attempt: Promise<unknown>): Promise<{ outcome: unknown; ms: number }> {
  const start = performance.now()
  const outcome = await attempt.catch((error: unknown) => error)
  return { outcome, ms: performance.now() - start }
}

describe('who waits for a connection of the pool', () => {
  it('gets it, however much longer it is held than connecting may take', async () => {
    const holder = await pool.connect()
    const waiters = [now(), now(), pool.connect()] as const
    await sleep(3 * LIMITS.connectMs)
    await holder.query('select 1')
    holder.release()
    expect(await Promise.all(waiters.slice(0, 2))).toEqual(['answered', 'answered'])
    const last = await waiters[2]
    last.release()
    expect(pool.totalCount).toBe(1)
  })

  it('gets it while a statement takes long', async () => {
    const slow = pool.query(`select pg_sleep(${(3 * LIMITS.connectMs) / 1000})`)
    expect(await now()).toBe('answered')
    await slow
  })

  it('does not wait for ever', async () => {
    const hasty = createPool(url(), { ...LIMITS, waitMs: 300 }, 1)
    const holder = await hasty.connect()
    const { outcome, ms } = await timed(hasty.query('select 1'))
    expect(databaseAway(outcome)).toBe(true)
    expect(ms).toBeLessThan(LIMITS.connectMs)
    holder.release()
    await hasty.query('select 1')
    await hasty.end()
  })

  it('hears within the limit that the database does not answer any more', async () => {
    const holder = await pool.connect()
    const lost = holder.query('select 1; select pg_sleep(60)').catch(() => {})
    proxy.stall()
    const all = await Promise.all(Array.from({ length: 50 }, () => timed(now())))
    expect(all.every(({ outcome }) => databaseAway(outcome))).toBe(true)
    expect(Math.max(...all.map(({ ms }) => ms))).toBeLessThan(1.5 * LIMITS.connectMs)
    proxy.mend()
    await lost
    holder.release()
    await expect.poll(() => now().catch(() => 'away')).toBe('answered')
  })

  it('hears at once that the connections fail', async () => {
    const holder = await pool.connect()
    const all = Array.from({ length: 50 }, () => timed(now()))
    const lost = timed(holder.query('select pg_sleep(60)'))
    await sleep(50)
    proxy.cut()
    await lost
    holder.release()
    const outcomes = await Promise.all(all)
    expect(outcomes.every(({ outcome }) => databaseAway(outcome))).toBe(true)
    expect(Math.max(...outcomes.map(({ ms }) => ms))).toBeLessThan(LIMITS.connectMs)
    proxy.mend()
    expect(await now()).toBe('answered')
  })

  it('waits on where the server has no connection left for a look at it', async () => {
    await pool.query('create role narrow login connection limit 1')
    const narrow = createPool(url('narrow'), LIMITS, 1)
    const holder = await narrow.connect()
    const waiter = narrow.query('select 1')
    await sleep(2 * LIMITS.connectMs)
    holder.release()
    expect((await waiter).rowCount).toBe(1)
    await narrow.end()
  })

  it('is not left alone as the pool ends', async () => {
    const holder = await pool.connect()
    const waiters = [timed(now()), timed(now())]
    const ended = pool.end()
    holder.release()
    for (const { outcome } of await Promise.all(waiters)) expect(outcome).toBeInstanceOf(Error)
    await ended
    pool = createPool(url(), LIMITS, 1)
  })
})

it('a database that does not answer is reported within the limit to who connects', async () => {
  proxy.stall()
  const { outcome, ms } = await timed(now())
  expect(databaseAway(outcome)).toBe(true)
  expect(ms).toBeLessThan(1.5 * LIMITS.connectMs)
})
