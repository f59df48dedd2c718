/**
 * What of a contract breaks clients that were written for an earlier one. Additions do not: a new operation, an
 * optional field of a request, a field of an answer, a value of an answer's enum.
 */
interface Schema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

type Content = Record<string, { schema: Schema }>
interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Schema
}
interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { content?: Content }>
}
type Paths = Record<string, Record<string, Operation>>

export interface Contract {
  paths: Paths
  webhooks?: Paths
  components: { schemas: Record<string, Schema> }
}

/** @returns a sentence for each change, that says where it is; empty: every client goes on as before */
export function breakingChanges(before: Contract, after: Contract): string[] {
  const compare = comparison(before.components.schemas, after.components.schemas)
  return [
    ...operations(before.paths, after.paths, (was, is) => [
      ...parameters(was, is, compare),
      ...bodies(was.requestBody?.content, is.requestBody?.content, compare),
      ...responses(was, is, compare),
    ]),
    // What we send is to them what an answer is.
    ...operations(before.webhooks ?? {}, after.webhooks ?? {}, (was, is) =>
      contents('the event', was.requestBody?.content ?? {}, is.requestBody?.content ?? {}, compare.answer),
    ),
  ]
}

function operations(
  before: Paths,
  after: Paths,
  each: (was: Operation, is: Operation) => string[],
): string[] {
  return Object.entries(before).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, was]) => {
      const name = `${method.toUpperCase()} ${path}`
      const is = after[path]?.[method]
      return is ? each(was, is).map((change) => `${name}: ${change}`) : [`${name} is gone`]
    }),
  )
}

type Compare = (was: Schema, is: Schema, at: string) => string[]
interface Comparison {
  request: Compare
  answer: Compare
}

function parameters(was: Operation, is: Operation, { request }: Comparison): string[] {
  const key = (parameter: Parameter): string => `${parameter.in} ${parameter.name}`
  const before = new Map((was.parameters ?? []).map((each) => [key(each), each]))
  const after = new Map((is.parameters ?? []).map((each) => [key(each), each]))
  return [
    ...[...before].flatMap(([name, old]) => {
      const now = after.get(name)
      return now
        ? request(old.schema, now.schema, `the parameter ${name}`)
        : [`the parameter ${name} is gone`]
    }),
    ...[...after]
      .filter(([name, { required }]) => required && !before.get(name)?.required)
      .map(([name]) => `the parameter ${name} must be given now`),
  ]
}

function bodies(was: Content | undefined, is: Content | undefined, { request }: Comparison): string[] {
  if (is && !was) return ['a body must be sent now']
  return contents('the body', was ?? {}, is ?? {}, request)
}

function responses(was: Operation, is: Operation, { answer }: Comparison): string[] {
  return Object.entries(was.responses).flatMap(([status, reply]) => {
    const now = is.responses[status]
    return now
      ? contents(`the answer ${status}`, reply.content ?? {}, now.content ?? {}, answer)
      : [`the answer ${status} is gone`]
  })
}

function contents(what: string, was: Content, is: Content, compare: Compare): string[] {
  return Object.entries(was).flatMap(([type, { schema }]) => {
    const now = is[type]
    return now ? compare(schema, now.schema, what) : [`${what} is no longer ${type}`]
  })
}

function comparison(old: Record<string, Schema>, now: Record<string, Schema>): Comparison {
  const look = (schema: Schema, schemas: Record<string, Schema>): Schema => {
    const id = schema.$ref?.split('/').at(-1)
    return id === undefined ? schema : look(schemas[id] ?? {}, schemas)
  }

  /** @param open pairs that are being compared: schemas may hold themselves */
  function compare(direction: keyof Comparison, was: Schema, is: Schema, at: string, open: string): string[] {
    const pair = `${was.$ref}>${is.$ref};`
    if (was.$ref && open.includes(pair)) return []
    const go = (a: Schema, b: Schema, where: string): string[] =>
      compare(direction, a, b, where, was.$ref ? open + pair : open)
    const before = alternatives(look(was, old), old, look)
    const after = alternatives(look(is, now), now, look)
    if (before.length === 1 && after.length === 1) return one(direction, before[0]!, after[0]!, at, go)
    return several(direction, before, after, at, go)
  }
  return {
    request: (was, is, at) => compare('request', was, is, at, ''),
    answer: (was, is, at) => compare('answer', was, is, at, ''),
  }
}

function alternatives(
  schema: Schema,
  schemas: Record<string, Schema>,
  look: (schema: Schema, schemas: Record<string, Schema>) => Schema,
): Schema[] {
  const several = schema.anyOf ?? schema.oneOf
  return several ? several.flatMap((each) => alternatives(look(each, schemas), schemas, look)) : [schema]
}

/** Each alternative that there was must be there still, and an answer may be of no other type. */
function several(
  direction: keyof Comparison,
  before: Schema[],
  after: Schema[],
  at: string,
  go: Compare,
): string[] {
  const types = new Set(before.flatMap(typesOf))
  const others = after.flatMap(typesOf).filter((type) => direction === 'answer' && !types.has(type))
  if (others.length > 0) return [`${at} may be ${[...new Set(others)].join(' or ')} now`]
  if (direction === 'answer' && after.length < before.length) return []
  return before.flatMap((was, k) => {
    const tried = after.map((is) => go(was, is, at))
    if (tried.some((changes) => changes.length === 0)) return []
    return before.length === after.length
      ? tried[k]!
      : [`${at} can no longer be ${JSON.stringify(was).slice(0, 80)}`]
  })
}

const typesOf = ({ type, enum: values, const: value, properties }: Schema): string[] => {
  if (type !== undefined) return [type].flat().map((each) => (each === 'integer' ? 'number' : each))
  if (properties) return ['object']
  const all = values ?? (value === undefined ? [] : [value])
  return [...new Set(all.map((each) => (each === null ? 'null' : typeof each)))]
}

function one(direction: keyof Comparison, was: Schema, is: Schema, at: string, go: Compare): string[] {
  return [
    ...typeChanges(direction, was, is, at),
    ...valueChanges(direction, was, is, at),
    ...(direction === 'request' ? narrowerLimits(was, is, at) : []),
    ...fieldChanges(direction, was, is, at, go),
    ...(was.items && is.items ? go(was.items, is.items, `${at}[]`) : []),
  ]
}

function typeChanges(direction: keyof Comparison, was: Schema, is: Schema, at: string): string[] {
  const [before, after] = [typesOf(was), typesOf(is)]
  // Without a type it is anything.
  const [taken, given] = direction === 'request' ? [after, before] : [before, after]
  if (taken.length === 0) return []
  if (given.length > 0 && given.every((type) => taken.includes(type))) return []
  return [`${at} was ${before.join(' or ') || 'anything'} and is ${after.join(' or ') || 'anything'}`]
}

function valueChanges(direction: keyof Comparison, was: Schema, is: Schema, at: string): string[] {
  const before = valuesOf(was)
  const after = valuesOf(is)
  if (direction === 'answer')
    return before && !after ? [`${at} may have any value now, not only ${before.join(', ')}`] : []
  if (!after) return []
  if (!before) return [`${at} takes only ${after.join(', ')} now`]
  const gone = before.filter((value) => !after.includes(value))
  return gone.length > 0 ? [`${at} no longer takes ${gone.join(', ')}`] : []
}

const valuesOf = ({ enum: values, const: value }: Schema): string[] | undefined =>
  (values ?? (value === undefined ? undefined : [value]))?.map((each) => JSON.stringify(each))

const LIMITS = { minimum: 1, minLength: 1, minItems: 1, maximum: -1, maxLength: -1, maxItems: -1 } as const

function narrowerLimits(was: Schema, is: Schema, at: string): string[] {
  return Object.entries(LIMITS).flatMap(([name, sign]) => {
    const before = was[name as keyof typeof LIMITS] ?? -Infinity * sign
    const after = is[name as keyof typeof LIMITS]
    return after !== undefined && after * sign > before * sign ? [`${at} has the ${name} ${after} now`] : []
  })
}

function fieldChanges(
  direction: keyof Comparison,
  was: Schema,
  is: Schema,
  at: string,
  go: Compare,
): string[] {
  const before = was.properties ?? {}
  const after = is.properties ?? {}
  const [wasRequired, isRequired] = [new Set(was.required), new Set(is.required)]
  const changed = Object.entries(before).flatMap(([name, schema]) => {
    const where = `${at}.${name}`
    const now = after[name]
    if (!now) return [`${where} is gone`]
    const missing = direction === 'answer' && wasRequired.has(name) && !isRequired.has(name)
    return [...(missing ? [`${where} may be missing now`] : []), ...go(schema, now, where)]
  })
  const wanted = Object.keys(after).filter((name) => isRequired.has(name) && !wasRequired.has(name))
  return [
    ...changed,
    ...(direction === 'request' ? wanted.map((name) => `${at}.${name} must be given now`) : []),
  ]
}
