/** A real PostgreSQL: only it knows when a plan is out of date. */
import { Kysely, PostgresDialect, sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findBinaries, type Postgres, startPostgres } from '../../../test/support/postgres.ts'
import { runKept } from '../../domain/kept.ts'
import { createPool } from './postgres.ts'

let postgres: Postgres
beforeAll(async () => {
  if (findBinaries()) postgres = await startPostgres()
})
afterAll(() => postgres?.stop())

it.skipIf(!findBinaries())('a kept plan is made once, and anew where the table has changed', async () => {
  const pool = createPool(await postgres.createDatabase(), undefined, 1)
  const db = new Kysely<{ t: { a: number } }>({ dialect: new PostgresDialect({ pool }) })
  const read = () => runKept(db as never, db.selectFrom('t').selectAll().where('a', '=', 1))
  const plans = async (): Promise<number> =>
    (await pool.query("select name from pg_prepared_statements where name like 'kept%'")).rows.length
  try {
    await sql`create table t as select 1 as a`.execute(db)
    expect(await read()).toEqual([{ a: 1 }])
    expect(await read()).toEqual([{ a: 1 }])
    expect(await plans()).toBe(1)

    await sql`alter table t add column b text default 'x'`.execute(db)
    expect(await read()).toEqual([{ a: 1, b: 'x' }])
    expect(await read()).toEqual([{ a: 1, b: 'x' }])
    expect(await plans()).toBe(2)
    await expect(runKept(db as never, db.selectFrom('none' as 't').selectAll())).rejects.toThrow(
      'does not exist',
    )
  } finally {
    await db.destroy()
  }
})
