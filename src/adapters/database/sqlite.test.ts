import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
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
