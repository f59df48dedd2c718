import { expect, it } from 'vitest'
import { requireStorable } from './storable-input.ts'

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}"a\\u0000"${']'.repeat(depth)}`)

it('finds what cannot be stored wherever it is', () => {
  expect(() => requireStorable({ a: ['b', { c: 'd\u0000' }] })).toThrow(/^a\.1\.c:/)
  expect(() => requireStorable(nested(50))).toThrow(/cannot be stored/)
})

it('refuses what is nested so deeply that nothing could look at all of it', () => {
  expect(() => requireStorable(nested(100_000))).toThrow(
    expect.objectContaining({ code: 'request.invalid', message: expect.stringContaining('too deeply') }),
  )
})
