import { describe, expect, it } from 'vitest'
import { checkPassword, cleanEmail, hashPassword, hashToken, makeToken, passwordFits } from './rules.ts'

describe('passwords', () => {
  it('fit their own hash only', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(hash).toMatch(/^scrypt\$15\$8\$3\$/)
    expect(hash).not.toContain('horse')
    expect(await passwordFits('correct horse battery', hash)).toBe(true)
    expect(await passwordFits('correct horse batterx', hash)).toBe(false)
  })

  it('are salted', async () => {
    expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
  })

  it('fit nobody who has none', async () => {
    expect(await passwordFits('anything', null)).toBe(false)
  })

  it('mean the same however they were typed', async () => {
    const hash = await hashPassword('Z\u00fcrich am See')
    expect(await passwordFits('Zu\u0308rich am See', hash)).toBe(true)
  })

  it.each(['short', 'aaaaaaaaaaaaaa', 'ada@example.org'])('%s is refused', (password) => {
    expect(() => checkPassword(password, 'ada@example.org')).toThrow(/password/i)
  })
})

describe('addresses', () => {
  it('are compared in lower case', () => expect(cleanEmail(' Ada@Example.org ')).toBe('ada@example.org'))
  it.each(['', 'ada', 'a b@c', '@c', 'a@'])('“%s” is none', (text) => {
    expect(() => cleanEmail(text)).toThrow('not an e-mail address')
  })
})

it('tokens are long, random, and kept as hashes', () => {
  expect(makeToken()).toHaveLength(43)
  expect(makeToken()).not.toBe(makeToken())
  expect(hashToken('x')).toHaveLength(64)
})
