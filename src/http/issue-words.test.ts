import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { issueWords } from './issue-words.ts'

beforeAll(() => void z.config({ customError: issueWords }))
afterAll(() => void z.config({ customError: undefined }))

const said = (schema: z.ZodType, value: unknown): string | undefined =>
  schema.safeParse(value).error?.issues[0]?.message

it.each([
  [z.string(), 5, 'must be a string.'],
  [z.boolean(), 'yes', 'must be true or false.'],
  [z.number().int(), 1.5, 'must be a whole number.'],
  [z.coerce.number(), 'abc', 'must be a number.'],
  [z.array(z.string()), 'x', 'must be an array.'],
  [z.strictObject({}), [], 'must be an object.'],
  [z.number().max(1), 4, 'must be at most 1.'],
  [z.number().positive(), 0, 'must be more than 0.'],
  [z.number().min(15), 1, 'must be at least 15.'],
  [z.string().min(1), '', 'must not be empty.'],
  [z.string().max(3), 'four', 'must have at most 3 characters.'],
  [z.array(z.string()).min(1), [], 'must not be empty.'],
  [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entry.'],
  [z.enum(['auto', 'speech']), 'foo', 'must be one of auto, speech.'],
  [z.literal('server_vad'), 'foo', 'must be server_vad.'],
  [z.iso.datetime(), 'tomorrow', 'must be a time like 2026-01-31T12:00:00Z.'],
  [z.union([z.literal('auto'), z.number()]), {}, 'is of none of the types that this field accepts.'],
  [z.string('say what').min(1), 5, 'say what'],
])('%#: says what a value must be', (schema, value, words) => expect(said(schema, value)).toBe(words))
