import type { z } from 'zod'
import { DomainError } from '../domain/errors.ts'

/** Checks a body against its wire schema. @throws DomainError `request.invalid` naming the first field at fault */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value ?? {})
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  if (issue.code === 'unrecognized_keys') {
    const field = issue.keys[0]!
    throw new DomainError('request.invalid', `There is no field “${field}”.`, { field, reason: 'unknown' })
  }
  const field = issue.path.join('.') || 'body'
  const missing = issue.code === 'invalid_type' && at(value, issue.path) === undefined
  throw new DomainError(
    'request.invalid',
    missing ? `The field “${field}” is required.` : `${field}: ${issue.message}`,
    {
      field,
      reason: missing ? 'required' : 'invalid',
    },
  )
}

const at = (value: unknown, path: PropertyKey[]): unknown =>
  path.reduce<unknown>((v, key) => (v as Record<PropertyKey, unknown> | undefined | null)?.[key], value)
