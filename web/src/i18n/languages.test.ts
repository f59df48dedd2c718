import { expect, it } from 'vitest'
import { LANGUAGES, type Language, languageFor, localeFor, OFFERED } from './languages.ts'

const all = Object.keys(LANGUAGES) as Language[]

it('takes the first language that it speaks, whatever the region', () => {
  expect(languageFor(['de-AT', 'en-US'], all)).toBe('de')
  expect(languageFor(['sv', 'nl-BE', 'fr-CA'], all)).toBe('fr')
  expect(languageFor(['pt-PT'], all)).toBe('pt-BR')
  expect(languageFor(['ja-JP-u-ca-japanese'], all)).toBe('ja')
  expect(languageFor(['sv'], all)).toBe('en')
  expect(languageFor([], all)).toBe('en')
})

it('takes none that is not offered', () => {
  for (const language of all) expect(OFFERED).toContain(languageFor([language]))
})

it('writes dates and numbers as the region does', () => {
  expect(localeFor('en', ['de', 'en-GB', 'en-US'])).toBe('en-GB')
  expect(localeFor('es', ['es-MX'])).toBe('es-MX')
  expect(localeFor('ja', ['en-US'])).toBe('ja')
  expect(localeFor('pt-BR', ['pt-PT'])).toBe('pt-BR')
})
