import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprint, parseKey } from './rules.ts'

describe('parseKey', () => {
  it('means the same bare and quoted', () => {
    expect(parseKey('abc-1')).toBe('abc-1')
    expect(parseKey('"abc-1"')).toBe('abc-1')
    expect(parseKey(' "a \\"b\\" \\\\" ')).toBe('a "b" \\')
  })

  it('takes 1 to 255 characters', () => {
    expect(parseKey('k'.repeat(255))).toHaveLength(255)
    for (const wrong of ['', '""', 'k'.repeat(256), `"${'k'.repeat(256)}"`])
      expect(() => parseKey(wrong)).toThrow('1 to 255')
  })

  it('property: any key comes back out of its quotes', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 255 }), (key) => {
        expect(parseKey(`"${key.replace(/["\\]/g, '\\$&')}"`)).toBe(key)
      }),
    )
  })
})

describe('fingerprint', () => {
  it('property: is the same for the same values in any order, and differs with them', () => {
    const fields = fc.dictionary(fc.string(), fc.jsonValue())
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const reversed = Object.fromEntries(Object.entries(a).reverse())
        expect(fingerprint(reversed)).toBe(fingerprint(JSON.parse(JSON.stringify(a))))
        expect(fingerprint([a, 1])).not.toBe(fingerprint([b, 2]))
      }),
    )
  })

  it('tells an object from an array of its fields', () => {
    expect(fingerprint({ a: 1 })).not.toBe(fingerprint([['a', 1]]))
  })
})
