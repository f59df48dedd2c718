/** What is wrong with a field, said to whoever sent it: Zod's own sentences speak of types, options and bounds. */
import type { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const KINDS: Partial<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
}

const FORMATS: Partial<Record<string, string>> = {
  datetime: 'must be a time like 2026-01-31T12:00:00Z.',
  date: 'must be a date like 2026-01-31.',
  email: 'must be an e-mail address.',
  url: 'must be an address like https://example.com.',
  regex: 'does not have the right form.',
}

/** What a length is counted in. */
const UNITS: Partial<Record<string, [one: string, more: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
  set: ['entry', 'entries'],
}

/** For `customError` of Zod's settings. A schema's own words come first. */
export function issueWords(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = KINDS[issue.expected]
      return kind && `must be ${kind}.`
    }
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}.`
        : `must be one of ${issue.values.map(String).join(', ')}.`
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'too_small':
      if (issue.minimum === 1 && issue.origin in UNITS) return 'must not be empty.'
      return bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'invalid_format':
      return FORMATS[issue.format]
    case 'invalid_union':
      return 'is of none of the types that this field accepts.'
    default:
      return undefined
  }
}

function bound(origin: string, relation: string, limit: number | bigint): string {
  const unit = UNITS[origin]
  if (!unit) return `must be ${relation} ${limit}.`
  return `must have ${relation} ${limit} ${Number(limit) === 1 ? unit[0] : unit[1]}.`
}
