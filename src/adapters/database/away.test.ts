/** What a real PostgreSQL says when it is away, and what it says when something is wrong with the question. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FaultyProxy, faultyProxy } from '../../../test/support/faulty-proxy.ts'
import { type Postgres, startPostgres } from '../../../test/support/postgres.ts'
import { databaseAway } from './away.ts'
import { createPool, postgresLimits } from './postgres.ts'

const LIMITS = postgresLimits(800)

let postgres: Postgres
let proxy: FaultyProxy
let direct: string
let pool: pg.Pool
let url: (user: string) => string

beforeAll(async () => {
  postgres = await startPostgres()
  direct = await postgres.createDatabase()
  const { pathname, searchParams } = new URL(direct)
  proxy = await faultyProxy({ path: `${searchParams.get('host')}/.s.PGSQL.5432` })
  url = (user) => `postgres://${user}@127.0.0.1:${proxy.port}${pathname}`
  pool = createPool(url('postgres'), LIMITS, 2)
  await pool.query('create table things (id int primary key, said text)')
  await pool.query("insert into things values (1, 'one')")
})

afterAll(async () => {
  await pool?.end()
  await proxy?.close()
  await postgres?.stop()
})

const failure = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.then(
    () => 'no failure',
    (error: unknown) => error,
  )

const query = async (text: string): Promise<unknown> => {
  const client = await pool.connect()
  return client.query(text).finally(() => client.release())
}

describe('a database that is away', () => {
  it('is one whose statement takes too long', async () => {
    const error = await failure(query('select pg_sleep(60)'))
    expect(error).toMatchObject({ code: '57014' })
    expect(databaseAway(error)).toBe(true)
  })

  it('is one whose row stays locked', async () => {
    const other = new pg.Client(direct)
    await other.connect()
    await other.query("begin; update things set said = 'mine' where id = 1")
    const error = await failure(query("update things set said = 'yours' where id = 1"))
    await other.end()
    expect(error).toMatchObject({ code: '55P03' })
    expect(databaseAway(error)).toBe(true)
  })

  it('ends a transaction that does nothing, and gives its rows to who waits', async () => {
    const idle = await pool.connect()
    await idle.query('begin')
    await idle.query("update things set said = 'mine' where id = 1")
    expect(await failure(query("update things set said = 'yours' where id = 1"))).toBe('no failure')
    expect(databaseAway(await failure(idle.query('commit')))).toBe(true)
    idle.release()
  })

  it('is one that does not answer: its connections are given up, and later ones are good', async () => {
    await query('select 1')
    proxy.stall()
    const errors = await Promise.all([1, 2, 3, 4].map(() => failure(query('select 1'))))
    expect(errors.map(databaseAway)).toEqual([true, true, true, true])
    proxy.mend()
    await expect.poll(() => failure(query('select 1'))).toBe('no failure')
  })

  it('is one that nobody listens for', async () => {
    proxy.cut()
    expect(databaseAway(await failure(query('select 1')))).toBe(true)
    proxy.mend()
    await expect.poll(() => failure(query('select 1'))).toBe('no failure')
    const nowhere = createPool('postgres://postgres@/none?host=/no/such/folder', LIMITS)
    expect(databaseAway(await failure(nowhere.query('select 1')))).toBe(true)
    await nowhere.end()
  })

  it('is one that may only be read, as a standby', async () => {
    const error = await failure(query('begin read only; delete from things'))
    expect(error).toMatchObject({ code: '25006' })
    expect(databaseAway(error)).toBe(true)
    await pool.query('rollback')
  })

  it('is one with too many connections', async () => {
    await pool.query('create role crowded login connection limit 0')
    const crowded = createPool(url('crowded'), LIMITS)
    const error = await failure(crowded.query('select 1'))
    expect(error).toMatchObject({ code: '53300' })
    expect(databaseAway(error)).toBe(true)
    await crowded.end()
  })

  it('is one that ends our connection, or the whole server', async () => {
    const client = await pool.connect()
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    const operator = new pg.Client(direct)
    await operator.connect()
    await operator.query('select pg_terminate_backend($1)', [rows[0]?.pid])
    await operator.end()
    expect(databaseAway(await failure(client.query('select 1')))).toBe(true)
    client.release(true)
  })
})

describe('a database that is there', () => {
  it.each([
    ["insert into things values (1, 'again')", '23505'],
    ['select * from nothing', '42P01'],
    ['select 1/0', '22012'],
  ])('says what is wrong with %s', async (text, code) => {
    const error = await failure(query(text))
    expect(error).toMatchObject({ code })
    expect(databaseAway(error)).toBe(false)
  })

  it('is not meant by any other error', () => {
    expect(databaseAway(Object.assign(new Error('open'), { code: 'ENOENT', syscall: 'open' }))).toBe(false)
    expect(databaseAway(new Error('a part is missing'))).toBe(false)
    expect(databaseAway('57P01')).toBe(false)
  })

  it('is one that SQLite waits for', () => {
    expect(databaseAway(Object.assign(new Error('locked'), { code: 'SQLITE_BUSY_SNAPSHOT' }))).toBe(true)
  })
})
