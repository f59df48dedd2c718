/** A change that breaks clients of the last release fails here, with a sentence that says where. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contract, RELEASED } from '../../scripts/contract.ts'
import { breakingChanges, type Contract } from '../../scripts/lib/breaking.ts'

it('clients of the last release go on as before', () => {
  const released = JSON.parse(readFileSync(RELEASED, 'utf8')) as Contract
  // Where a break is meant: a new major version, a line in CHANGELOG.md, and `npm run contract`.
  expect(breakingChanges(released, contract())).toEqual([])
})

interface Shapes {
  body?: object
  answer?: object
  query?: object[]
}

/** A contract of one operation. */
const made = ({ body = {}, answer = {}, query = [] }: Shapes): Contract =>
  ({
    paths: {
      '/v1/things': {
        post: {
          parameters: query,
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Body' } } } },
          responses: {
            200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } } },
          },
        },
      },
    },
    webhooks: {
      'thing.done': {
        post: {
          requestBody: {
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } },
          },
          responses: {},
        },
      },
    },
    components: { schemas: { Body: { type: 'object', ...body }, Answer: { type: 'object', ...answer } } },
  }) as Contract

const string = { type: 'string' }
const fields = (properties: object, required: string[] = []): object => ({ properties, required })
const nullable = { anyOf: [string, { type: 'null' }] }

describe('breaks', () => {
  it.each<[string, Shapes, Shapes, string]>([
    ['a field of the answer goes', { answer: fields({ a: string }) }, {}, '.a is gone'],
    [
      'a field of the answer is renamed',
      { answer: fields({ a: string }) },
      { answer: fields({ b: string }) },
      '.a is gone',
    ],
    [
      'a field deep in a list of the answer changes its type',
      { answer: fields({ items: { type: 'array', items: fields({ n: { type: 'number' } }) } }) },
      { answer: fields({ items: { type: 'array', items: fields({ n: string }) } }) },
      '.items[].n was number and is string',
    ],
    [
      'a field of the answer may be null',
      { answer: fields({ a: string }) },
      { answer: fields({ a: nullable }) },
      '.a may be null now',
    ],
    [
      'a field of the answer may be missing',
      { answer: fields({ a: string }, ['a']) },
      { answer: fields({ a: string }) },
      '.a may be missing now',
    ],
    ['a field of the request goes', { body: fields({ a: string }) }, {}, 'the body.a is gone'],
    [
      'a field of the request must be given',
      { body: fields({ a: string }) },
      { body: fields({ a: string }, ['a']) },
      'the body.a must be given now',
    ],
    [
      'a new field of the request must be given',
      {},
      { body: fields({ a: string }, ['a']) },
      'the body.a must be given now',
    ],
    [
      'a field of the request may no longer be null',
      { body: fields({ a: nullable }) },
      { body: fields({ a: string }) },
      'the body.a can no longer be',
    ],
    [
      'a request’s enum is narrower',
      { body: fields({ a: { enum: ['x', 'y'] } }) },
      { body: fields({ a: { enum: ['x'] } }) },
      'the body.a no longer takes "y"',
    ],
    [
      'a request’s limit is lower',
      { body: fields({ a: { type: 'string', maxLength: 9 } }) },
      { body: fields({ a: { type: 'string', maxLength: 8 } }) },
      'the body.a has the maxLength 8 now',
    ],
    [
      'a parameter goes',
      { query: [{ in: 'query', name: 'q', schema: string }] },
      {},
      'the parameter query q is gone',
    ],
    [
      'a parameter must be given',
      {},
      { query: [{ in: 'query', name: 'q', required: true, schema: string }] },
      'the parameter query q must be given now',
    ],
  ])('where %s', (_, before, after, says) => {
    expect(breakingChanges(made(before), made(after)).join('\n')).toContain(says)
    // The other way round it may be an addition; what is the same is never a break.
    expect(breakingChanges(made(after), made(after))).toEqual([])
  })

  it('where an operation, an answer, a type or an event goes', () => {
    const before = made({})
    expect(breakingChanges(before, { ...before, paths: {} })).toEqual(['POST /v1/things is gone'])
    expect(breakingChanges(before, { ...before, webhooks: {} })).toEqual(['POST thing.done is gone'])
    const changed = (change: (operation: Contract['paths'][string][string]) => void): string[] => {
      const after = structuredClone(before)
      change(after.paths['/v1/things']!.post!)
      return breakingChanges(before, after)
    }
    expect(changed((operation) => Object.assign(operation, { responses: {} }))).toEqual([
      'POST /v1/things: the answer 200 is gone',
    ])
    expect(changed((operation) => Object.assign(operation.requestBody!, { content: {} }))).toEqual([
      'POST /v1/things: the body is no longer application/json',
    ])
  })
})

it.each<[string, Shapes, Shapes]>([
  ['a field of the answer', {}, { answer: fields({ a: string }, ['a']) }],
  ['a field of the request that may be left out', {}, { body: fields({ a: string }) }],
  [
    'a value of a request’s enum',
    { body: fields({ a: { enum: ['x'] } }) },
    { body: fields({ a: { enum: ['x', 'y'] } }) },
  ],
  [
    'a kind of a union in the answer',
    { answer: fields({ a: { oneOf: [fields({ kind: { const: 'x' } })] } }) },
    {
      answer: fields({ a: { oneOf: [fields({ kind: { const: 'x' } }), fields({ kind: { const: 'y' } })] } }),
    },
  ],
  ['a parameter', {}, { query: [{ in: 'query', name: 'q', schema: string }] }],
  [
    'a higher limit',
    { body: fields({ a: { type: 'string', maxLength: 8 } }) },
    { body: fields({ a: { type: 'string', maxLength: 9 } }) },
  ],
])('goes on where there is more: %s', (_, before, after) => {
  expect(breakingChanges(made(before), made(after))).toEqual([])
})
