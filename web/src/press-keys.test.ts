import { expect, it } from 'vitest'
import { pressKeys } from './press-keys.ts'

it('gives the same key to what got no answer, until it got one', () => {
  const keys = pressKeys()
  const first = keys.press('/batches a')
  first.unanswered()
  expect(keys.press('/batches b').key).not.toBe(first.key)
  const second = keys.press('/batches a')
  expect(second.key).toBe(first.key)
  second.unanswered()
  expect(keys.press('/batches a').key).toBe(first.key)
  expect(keys.press('/batches a').key).not.toBe(first.key)
})

it('takes the same for two where both are under way', () => {
  const keys = pressKeys()
  expect(keys.press('/batches a').key).not.toBe(keys.press('/batches a').key)
})

it('forgets the oldest', () => {
  const keys = pressKeys()
  const presses = Array.from({ length: 21 }, (_, k) => keys.press(String(k)))
  for (const press of presses) press.unanswered()
  expect(keys.press('20').key).toBe(presses[20]!.key)
  expect(keys.press('1').key).toBe(presses[1]!.key)
  expect(keys.press('0').key).not.toBe(presses[0]!.key)
})
