import { DatabaseSync } from '@photostructure/sqlite'
import { expect, it } from 'vitest'
import { preparedOnce } from './prepared.ts'

it('prepares a query once, and again after the schema changed', () => {
  const database = preparedOnce(new DatabaseSync(':memory:'))
  database.prepare('create table t (a integer)').run([])
  const insert = database.prepare('insert into t (a) values (?)')
  expect(database.prepare('insert into t (a) values (?)')).toBe(insert)
  insert.run([1])
  const all = database.prepare('select * from t')
  expect(all.all([])).toEqual([{ a: 1 }])

  database.prepare("alter table t add column b text default 'x'").run([])
  const again = database.prepare('select * from t')
  expect(again).not.toBe(all)
  expect(again.all([])).toEqual([{ a: 1, b: 'x' }])
  database.close()
})

it('does not keep every text there ever was', () => {
  const database = preparedOnce(new DatabaseSync(':memory:'))
  const first = database.prepare('select 0')
  for (let k = 1; k <= 1000; k++) database.prepare(`select ${k}`)
  expect(database.prepare('select 0')).not.toBe(first)
  expect(database.prepare('select 0').all([])).toEqual([{ 0: 0 }])
  database.close()
})
