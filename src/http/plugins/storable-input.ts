import type { FastifyInstance } from 'fastify'
import { DomainError } from '../../domain/errors.ts'
import { isStorable } from '../../domain/storable.ts'

/**
 * Text that not every database can store is refused wherever it comes from, so that both answer the same:
 * in a path, a query, or a body of JSON. Forms look at their fields themselves, and who reads an unparsed body at what is in it.
 */
export function storableInput(app: FastifyInstance): void {
  app.addHook('preValidation', async ({ params, query, body, routeOptions }) => {
    requireStorable(params)
    requireStorable(query)
    if (!Buffer.isBuffer(body) && !routeOptions.config.unparsed) requireStorable(body)
  })
}

/** No body that is understood is half as deep; of what is much deeper, nothing that looks at all of it comes back. */
const DEEPEST = 100

/** @throws DomainError `request.invalid` that names the field */
export function requireStorable(value: unknown): void {
  const path = unstorable(value)
  if (!path) return
  const field = path.join('.')
  throw new DomainError(
    'request.invalid',
    `${field || 'body'}: has a character that cannot be stored (U+0000, or half of a surrogate pair).`,
    { field: field || 'body', reason: 'invalid' },
  )
}

const tooDeep = (): DomainError =>
  new DomainError('request.invalid', 'body: Lists and objects are nested too deeply.', {
    field: 'body',
    reason: 'invalid',
  })

/** Where the first such text is; undefined: nowhere. A text of a day has a million fields: paths are made of few. */
function unstorable(value: unknown, depth = 0): string[] | undefined {
  if (depth > DEEPEST) throw tooDeep()
  if (typeof value === 'string') return isStorable(value) ? undefined : []
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return firstOf(value, depth)
  if (!isPlain(value)) return undefined
  for (const [name, each] of Object.entries(value)) {
    if (!isStorable(name)) return []
    const found = unstorable(each, depth + 1)
    if (found) return [name, ...found]
  }
  return undefined
}

function firstOf(values: readonly unknown[], depth: number): string[] | undefined {
  for (const [k, each] of values.entries()) {
    const found = unstorable(each, depth + 1)
    if (found) return [String(k), ...found]
  }
  return undefined
}

/** Not a stream or a buffer. A query's prototype is an object of its own without anything in it. */
function isPlain(value: object): boolean {
  const proto = Object.getPrototypeOf(value) as unknown
  return proto === null || Object.getPrototypeOf(proto) === null
}
