import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endBegins, trimmed } from './text-ends.ts'

const letters = fc
  .array(fc.constantFrom(' ', '.', 'a', 'é', '𝒳', '字', '\ud800', '\udc00'))
  .map((all) => all.join(''))

it('property: as the regular expressions that it stands for', () => {
  fc.assert(
    fc.property(letters, (text) => {
      expect(endBegins(text, /[^\p{L}]/u)).toBe(text.length - /[^\p{L}]*$/u.exec(text)![0].length)
      expect(trimmed(text, /[\s.]/u)).toBe(text.replace(/^[\s.]+|[\s.]+$/gu, ''))
    }),
  )
})
