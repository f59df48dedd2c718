/** Only where nobody knows whether a claim was made is it freed. */
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { expect, it } from 'vitest'
import { openSqlite } from '../../src/adapters/database/sqlite.ts'
import { newLease } from '../../src/domain/leases/lease.ts'
import { claimOrFree, mayBeThere } from '../../src/domain/leases/unanswered.ts'
import type { Tables } from '../../src/domain/tables.ts'
import { systemClock } from '../../src/ports/clock.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { testFolder } from '../support/test-folder.ts'

const folder = testFolder()

/** How often it is freed, after a claim that fails. */
async function freed(claim: () => Promise<unknown>): Promise<number> {
  let count = 0
  const free = async (): Promise<boolean> => ++count > 0
  await expect(claimOrFree(newLease('batches', 2000), claim, free)).rejects.toThrow()
  return count
}

describeBothDatabases('a claim that the database refuses', (database) => {
  it('is none, and nothing is freed', async () => {
    const { db } = database()
    expect(await freed(() => sql`update batches set state = nothing`.execute(db))).toBe(0)
    await sql`create table things (id integer primary key)`.execute(db)
    await sql`insert into things values (1)`.execute(db)
    expect(await freed(() => sql`insert into things values (1)`.execute(db))).toBe(0)
  })
})

it('a claim that SQLite cannot bring to the disk is there, and is freed', async () => {
  let fails = false
  const db: Kysely<Tables> = openSqlite(join(folder.path, 'claims.db'), systemClock, async () => {
    if (fails)
      throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' })
  })
  await sql`create table things (token text)`.execute(db)
  fails = true
  expect(await freed(() => sql`insert into things values ('mine')`.execute(db))).toBe(1)
  expect((await sql`select token from things`.execute(db)).rows).toHaveLength(1)
  fails = false
  await db.destroy()
})

it.each([
  ['the connection breaks', { code: 'ECONNRESET', syscall: 'read' }, true],
  ['no answer comes', {}, true],
  ['the server ends the connection', { code: '57P01', severity: 'FATAL' }, true],
  ['nobody listens', { code: 'ECONNREFUSED', syscall: 'connect' }, false],
  ['a row stays locked', { code: '55P03', severity: 'ERROR' }, false],
  ['the disk is full', { code: 'SQLITE_FULL' }, false],
])('%s', (message, details, may) => {
  expect(mayBeThere(Object.assign(new Error(message), details))).toBe(may)
})
