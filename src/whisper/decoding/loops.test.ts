import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLooping } from './loops.ts'

const token = fc.integer({ min: 0, max: 1000 })

describe('a loop', () => {
  it('is a phrase that stands at the end again and again', () => {
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 30 }),
        fc.array(token, { minLength: 1, maxLength: 12 }),
        (before, phrase) => {
          const text = [...before, ...Array.from({ length: 12 }, () => phrase).flat()]
          expect(isLooping(text)).toBe(true)
        },
      ),
    )
  })

  it('is none where every token is another', () => {
    fc.assert(
      fc.property(fc.uniqueArray(token, { maxLength: 60 }), (text) => {
        expect(isLooping(text)).toBe(false)
      }),
    )
  })

  it('is none as long as little was said: "no, no, no" is said', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(1, 2), { maxLength: 11 }), (text) => {
        expect(isLooping(text)).toBe(false)
      }),
    )
  })

  it('is none that was left again', () => {
    const phrase = [1, 2, 3, 4]
    const text = [...Array.from({ length: 6 }, () => phrase).flat(), 7, 8, 9]
    expect(isLooping(text)).toBe(false)
  })
})
