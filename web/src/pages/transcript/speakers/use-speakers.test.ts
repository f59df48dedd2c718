import { expect, it } from 'vitest'
import { inOrder } from './use-speakers.ts'

it('keeps everybody’s number', () => {
  const known = ['Ann', 'Ben', 'Cleo']
  expect(inOrder(known, ['Ben', 'Ann', 'Cleo'])).toBe(known)
  expect(inOrder(known, ['Dan', 'Ben', 'Ann', 'Cleo'])).toEqual([...known, 'Dan'])
  expect(inOrder(known, ['Cleo', 'Ann'])).toEqual(['Ann', 'Cleo'])
  expect(inOrder(known, ['Ann', 'Cleo', 'Benedict'])).toEqual(['Ann', 'Benedict', 'Cleo'])
})
