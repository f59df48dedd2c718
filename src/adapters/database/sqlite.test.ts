import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Tables } from '../../domain/tables.ts'
import { systemClock } from '../../ports/clock.ts'
import { isNoRoom } from '../../ports/no-room.ts'
import { openSqlite } from './sqlite.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'earshot-sqlite-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it('says that the disk is full, in a transaction too, and goes on when there is room again', async () => {
  const db = openSqlite(join(dir, 'full.db'))
  await sql`create table things (said text)`.execute(db)
  // SQLite's own limit ends in the same error as the disk's.
  await sql`pragma max_page_count = 20`.execute(db)
  const fill = (): Promise<unknown> =>
    db.transaction().execute(async (tx) => {
      for (let i = 0; i < 100; i++) await sql`insert into things values (${'x'.repeat(4000)})`.execute(tx)
    })
  const error = await fill().catch((cause: unknown) => cause)
  expect(error).toMatchObject({ code: 'SQLITE_FULL' })
  expect(isNoRoom(error)).toBe(true)
  const count = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from things`.execute(db)).rows[0]!.n
  expect(await count()).toBe(0)
  await sql`pragma max_page_count = 1000`.execute(db)
  await fill()
  expect(await count()).toBe(100)
  await db.destroy()
})

it('is whole in its one file once it is closed, and waits for nobody who reads', async () => {
  const path = join(dir, 'closed.db')
  const [first, last] = [openSqlite(path), openSqlite(path)]
  await sql`create table things (said text)`.execute(first)
  await sql`insert into things values ('this')`.execute(first)
  const count = async (db: typeof first): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from things`.execute(db)).rows[0]!.n
  const began = performance.now()
  await last.transaction().execute(async (tx) => {
    expect(await count(tx)).toBe(1)
    await first.destroy()
  })
  expect(performance.now() - began).toBeLessThan(5000)
  await sql`insert into things values ('that')`.execute(last)
  await last.destroy()

  expect(statSync(`${path}-wal`).size).toBe(0)
  copyFileSync(path, join(dir, 'copied.db'))
  const copy = openSqlite(join(dir, 'copied.db'))
  expect(await count(copy)).toBe(2)
  await copy.destroy()
})

describe('what was written is on the disk before anybody goes on', () => {
  /** A disk that is asked, and answers when it is told to. */
  async function slowDisk(name: string) {
    const asked: (() => void)[] = []
    let isSlow = false
    const db = openSqlite(
      join(dir, name),
      systemClock,
      () => new Promise((resolve) => (isSlow ? asked.push(resolve) : resolve())),
    )
    await sql`create table things (said text)`.execute(db)
    isSlow = true
    const count = async () =>
      (await sql<{ n: number }>`select count(*) as n from things`.execute(db)).rows[0]!.n
    return { db, asked, count, quick: () => (isSlow = false) }
  }

  it.each([
    ['a statement', (db: Kysely<Tables>) => sql`insert into things values ('a')`.execute(db)],
    ['one that returns rows', (db) => sql`insert into things values ('a') returning said`.execute(db)],
    [
      'a transaction',
      (db) => db.transaction().execute((tx) => sql`insert into things values ('a')`.execute(tx)),
    ],
  ])('%s: who wrote waits for the disk; who reads does not', async (name, write) => {
    const { db, asked, count, quick } = await slowDisk(`${name}.db`)
    let isDone = false
    const written = write(db).then(() => {
      isDone = true
    })
    expect(await count()).toBe(1)
    await expect.poll(() => asked.length).toBe(1)
    expect(isDone).toBe(false)
    asked[0]!()
    await written
    quick()
    await db.destroy()
  })

  it('what changed nothing does not ask the disk', async () => {
    const { db, asked, count, quick } = await slowDisk('nothing.db')
    await sql`update things set said = 'b'`.execute(db)
    await sql`delete from things returning said`.execute(db)
    await db.transaction().execute((tx) => sql`select * from things`.execute(tx))
    expect(asked).toHaveLength(0)
    expect(await count()).toBe(0)
    quick()
    await db.destroy()
  })

  it('a disk that fails is told to who wrote', async () => {
    const db = openSqlite(join(dir, 'fails.db'), systemClock, () => Promise.reject(new Error('EIO')))
    await expect(sql`create table things (said text)`.execute(db)).rejects.toThrow('EIO')
    await db.destroy()
  })
})
