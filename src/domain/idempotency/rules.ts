import { createHash } from 'node:crypto'
import type { Policy } from '../context.ts'
import { DomainError } from '../errors.ts'
import type { Once } from './once.ts'

const LONGEST = 255

/**
 * Reads the header `Idempotency-Key`: bare, or a quoted string as in RFC 8941. A header's bytes reach us one a
 * character; most clients that go beyond ASCII mean UTF-8.
 * @throws DomainError `request.invalid` where it is empty or longer than 255 characters
 */
export function parseKey(header: string): string {
  const text = fromUtf8(header).trim()
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(text)
  const key = quoted ? quoted[1]!.replace(/\\(["\\])/g, '$1') : text
  if (key.length === 0 || key.length > LONGEST)
    throw new DomainError('request.invalid', `Idempotency-Key: must have 1 to ${LONGEST} characters.`, {
      field: 'Idempotency-Key',
      reason: key.length === 0 ? 'required' : 'too_long',
    })
  return key
}

/** Other bytes stay as they are. */
function fromUtf8(header: string): string {
  const bytes = Buffer.from(header, 'latin1')
  try {
    return bytes.toString('latin1') === header ? strict.decode(bytes) : header
  } catch {
    return header
  }
}

const strict = new TextDecoder('utf-8', { fatal: true })

/** Two bodies are the same when their values are: neither blanks nor the order of fields count. */
export const fingerprint = (body: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(body)) ?? '')
    .digest('hex')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([name, each]) => [name, sorted(each)] as const)
  // Not an array itself, so that an object is never the same as a list of its fields.
  return { fields: fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)) }
}

/** How long a key stands for what was asked under it. */
export const keptMs = ({ keepMs }: Once, { idempotencyMs }: Pick<Policy, 'idempotencyMs'>): number =>
  keepMs ?? idempotencyMs
