import { expect, it } from 'vitest'
import { languageFor, localeFor } from './languages.ts'

it('takes the first language that it speaks, whatever the region', () => {
  expect(languageFor(['de-AT', 'en-US'])).toBe('de')
  expect(languageFor(['sv', 'nl-BE', 'fr-CA'])).toBe('fr')
  expect(languageFor(['pt-PT'])).toBe('pt-BR')
  expect(languageFor(['ja-JP-u-ca-japanese'])).toBe('ja')
  expect(languageFor(['sv'])).toBe('en')
  expect(languageFor([])).toBe('en')
})

it('writes dates and numbers as the region does', () => {
  expect(localeFor('en', ['de', 'en-GB', 'en-US'])).toBe('en-GB')
  expect(localeFor('es', ['es-MX'])).toBe('es-MX')
  expect(localeFor('ja', ['en-US'])).toBe('ja')
  expect(localeFor('pt-BR', ['pt-PT'])).toBe('pt-BR')
})
