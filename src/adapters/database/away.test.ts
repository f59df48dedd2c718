import { describe, expect, it } from 'vitest'
import { databaseAway } from './away.ts'

const withCode = (code: string): Error => Object.assign(new Error('said the driver'), { code })

describe('a database that is away', () => {
  it.each(['08006', '40001', '53300', '57P01', 'ECONNRESET', 'SQLITE_BUSY_SNAPSHOT'])(
    'is told by %s',
    (code) => {
      expect(databaseAway(withCode(code))).toBe(true)
    },
  )

  it('is told by node-postgres’s own words', () => {
    expect(databaseAway(new Error('Connection terminated unexpectedly'))).toBe(true)
  })

  it.each(['23505', '42P01', '57014', 'SQLITE_CONSTRAINT', 'ENOENT'])('is not what %s means', (code) => {
    expect(databaseAway(withCode(code))).toBe(false)
  })

  it('is not what any other error means', () => {
    expect(databaseAway(new Error('a part is missing'))).toBe(false)
    expect(databaseAway('57P01')).toBe(false)
  })
})
