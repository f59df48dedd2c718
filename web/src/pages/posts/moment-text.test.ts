import { expect, it } from 'vitest'
import { secondsOf } from './moment-text.ts'

it.each([
  ['45', 45],
  ['2:03', 123],
  [' 1:02:03 ', 3723],
  ['0:00', 0],
  ['', undefined],
  ['1:', undefined],
  ['1:2:3:4', undefined],
  ['-1', undefined],
  ['1.5', undefined],
])('%j', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds)
})
