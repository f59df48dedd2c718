/** Requests to any operation of `/openapi.json`: mostly as it is documented, and in places as nobody would send them. */
import fc from 'fast-check'

export interface Schema {
  $ref?: string
  type?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
}

export interface Operation {
  method: string
  path: string
  parameters: { name: string; in: 'path' | 'query' | 'header' }[]
  /** By content type. */
  bodies: Record<string, Schema>
}

export interface OddRequest {
  url: string
  headers: Record<string, string>
  payload: string | Buffer | undefined
}

/** Ids of what is there, by the path before them, without its prefix: `/batches/{id}`. */
export type Things = Record<string, readonly string[]>

const PREFIX = /^\/(v1|api\/(dashboard|public|runner|shared))(?=\/)/

/** The path's parameters, each with what it may really be. */
export const thingsIn = (path: string, things: Things): [name: string, ids: readonly string[]][] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(({ 1: name = '', index }) => [
    name,
    things[path.slice(0, index).replace(PREFIX, '')] ?? things[name] ?? [],
  ])

/** The same request, for something that is there. @param turn which of those that are there */
export function aimed(request: OddRequest, path: string, things: Things, turn: number): OddRequest {
  const ids = thingsIn(path, things).map(([, each]) => each[turn % each.length] ?? '')
  const [, search] = request.url.split(/(?=\?)/, 2)
  return { ...request, url: path.replaceAll(/\{\w+\}/g, () => encoded(ids.shift() ?? '')) + (search ?? '') }
}

interface Document {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: Operation['parameters']
        requestBody?: { content: Record<string, { schema: Schema }> }
      }
    >
  >
  components: { schemas: Record<string, Schema> }
}

export const operationsOf = ({ paths }: Document): Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      bodies: Object.fromEntries(
        Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema]),
      ),
    })),
  )

/** Text that has broken parsers, databases or terminals before. */
const ODD_TEXT = [
  '',
  ' ',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u0301',
  '\ufeff',
  '\u202egnp.exe',
  '👩‍👩‍👧‍👦'.repeat(50),
  'é'.normalize('NFD'),
  "'; drop table accounts; --",
  '%',
  '_%_\\',
  '"*" OR NEAR(a b) ^',
  '../../../../etc/passwd',
  '%2e%2e%2f',
  '__proto__',
  'constructor',
  '<script>alert(1)</script>',
  '\r\nSet-Cookie: a=b',
  'NaN',
  '-0',
  '1e308',
  '9007199254740993',
  '99999999999999999999',
  '0x10',
  '0001-01-01',
  '9999-12-31',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999+14:00',
  '2024-02-30T25:61:00Z',
  'a'.repeat(300),
  ' '.repeat(5000),
  'ab '.repeat(30_000),
]

/** Of the queries that page through lists. */
const CURSORS = ['0.x', '999999999999999.tj_x', '-1.', '1e9.a', 'NaN.NaN', '1.\u0000'].map((text) =>
  Buffer.from(text).toString('base64url'),
)

/** Refused by what goes out, or not gone out for; none of them leads to another machine. */
const ADDRESSES = [
  'https://www.youtube.com/watch?v=jNQXAC9IVRw',
  'http://127.0.0.1/',
  'https://[::1]:5432/',
  'http://169.254.169.254/latest/meta-data/',
  'file:///etc/passwd',
  'https://user:pass@localhost/',
  'javascript:alert(1)',
  'https://',
  '//x',
]

const oddText = fc.oneof(
  fc.constantFrom(...ODD_TEXT),
  fc.constantFrom(...CURSORS),
  fc.array(fc.nat({ max: 0x10ffff }), { maxLength: 50 }).map((points) => String.fromCodePoint(...points)),
)

const oddValue = fc.oneof(
  oddText,
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, 2 ** 53, 0.1, [], {}, [[]], [null], { length: 1e9 }),
  fc.constantFrom<unknown>(
    nested(500),
    Array.from({ length: 2000 }, () => 'x'),
  ),
)

/** Nobody may look at all of it by calling itself. */
const DEEP = `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`

function nested(depth: number): unknown {
  let value: unknown = 'x'
  for (let k = 0; k < depth; k++) value = [value]
  return value
}

/** @param known what each name may really be (`id`, `mediaId`…), so that the odd gets behind the first check */
export function oddRequest(
  { path, parameters, bodies }: Operation,
  { components }: Document,
  known: (name: string) => readonly string[],
): fc.Arbitrary<OddRequest> {
  const textFor = (name: string): fc.Arbitrary<string> => {
    const values = known(name)
    return values.length === 0
      ? oddText
      : fc.oneof({ arbitrary: fc.constantFrom(...values), weight: 3 }, oddText)
  }

  const valueFor = (schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> =>
    fc.oneof({ arbitrary: fitting(schema, name, depth), weight: 6 }, oddValue)

  const fitting = (schema: Schema, name: string, depth: number): fc.Arbitrary<unknown> => {
    if (schema.$ref) return fitting(components.schemas[schema.$ref.split('/').at(-1)!]!, name, depth)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices) return fc.oneof(...choices.map((each) => fitting(each, name, depth)))
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum) return fc.constantFrom(...schema.enum)
    switch (schema.type) {
      case 'object':
        return fc.record(
          Object.fromEntries(
            Object.entries(schema.properties ?? {}).map(([key, each]) => [
              key,
              valueFor(each, key, depth + 1),
            ]),
          ),
          { requiredKeys: (schema.required ?? []).filter((key) => key in (schema.properties ?? {})) },
        )
      case 'array':
        return fc.array(valueFor(schema.items ?? {}, name, depth + 1), { maxLength: depth > 2 ? 2 : 4 })
      case 'integer':
        return fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer(), fc.maxSafeInteger())
      case 'number':
        return fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ noDefaultInfinity: true }))
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return /url/i.test(name) ? fc.oneof(fc.constantFrom(...ADDRESSES), oddText) : textFor(name)
    }
  }

  const named = (where: 'path' | 'query' | 'header') => parameters.filter((each) => each.in === where)
  const url = fc
    .tuple(
      fc.tuple(
        ...named('path').map(({ name }) => fc.oneof(textFor(name).map(encoded), fc.constant('%E0%A4%A'))),
      ),
      someOf(named('query').map(({ name }) => [name, textFor(name)])),
    )
    .map(([ids, query]) => {
      let k = 0
      const search = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`)
      const filled = path.replaceAll(/\{\w+\}/g, () => ids[k++] ?? '')
      return search.length > 0 ? `${filled}?${search.join('&')}` : filled
    })
  const headers = someOf(
    [...named('header').map(({ name }) => name), 'accept'].map((name) => [name, textFor(name).map(sendable)]),
  )
  return fc
    .tuple(
      url,
      headers,
      bodyOf(bodies, (schema) => valueFor(schema, '', 0), textFor),
    )
    .map(([url, headers, body]) => ({ url, headers: { ...headers, ...body.headers }, payload: body.payload }))
}

/** Some of the fields, or all, or none. */
const someOf = (
  fields: [name: string, value: fc.Arbitrary<string>][],
): fc.Arbitrary<Record<string, string>> =>
  fc.record(Object.fromEntries(fields), { requiredKeys: [] }) as fc.Arbitrary<Record<string, string>>

type Body = Pick<OddRequest, 'headers' | 'payload'>

function bodyOf(
  bodies: Operation['bodies'],
  bodyFor: (schema: Schema) => fc.Arbitrary<unknown>,
  textFor: (name: string) => fc.Arbitrary<string>,
): fc.Arbitrary<Body> {
  const kinds = Object.entries(bodies).map(([type, schema]): fc.Arbitrary<Body> => {
    const typed = (payload: string | Buffer): Body => ({ headers: { 'content-type': type }, payload })
    if (type === 'multipart/form-data') return formOf(schema, textFor)
    if (type !== 'application/json')
      return fc.uint8Array({ maxLength: 100 }).map((bytes) => typed(Buffer.from(bytes)))
    return fc.oneof(
      { arbitrary: bodyFor(schema).map((value) => typed(JSON.stringify(value))), weight: 8 },
      fc.constantFrom('', '{', '\ufeff{}', 'null', '{"__proto__":{"a":1}}', '{"a":1e999}', DEEP).map(typed),
    )
  })
  return kinds.length === 0 ? fc.constant({ headers: {}, payload: undefined }) : fc.oneof(...kinds)
}

const BOUNDARY = 'odd'

/** A form whose file is no media, perhaps cut off. */
function formOf(
  { properties = {} }: Schema,
  textFor: (name: string) => fc.Arbitrary<string>,
): fc.Arbitrary<Body> {
  const part = (disposition: string, body: string): string =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${body}\r\n`
  const fields = someOf(Object.keys(properties).map((name) => [name, textFor(name)]))
  return fc
    .tuple(fields, oddText, fc.constantFrom(`--${BOUNDARY}--\r\n`, '', '--'))
    .map(([{ file, ...rest }, filename, end]) => {
      const parts = Object.entries(rest).map(([name, value]) => part(`name="${name}"`, value))
      if (file !== undefined)
        parts.push(part(`name="file"; filename="${filename.replaceAll('"', '')}"`, file))
      return {
        headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
        payload: Buffer.from(parts.join('') + end),
      }
    })
}

/** `encodeURIComponent` refuses halves of characters; a client's own code may not. */
const encoded = (text: string): string =>
  [...text.slice(0, 3000)]
    .map((each) =>
      /[\ud800-\udfff]/.test(each) && each.length === 1 ? '%ED%A0%80' : encodeURIComponent(each),
    )
    .join('')

/** What a header can carry at all, and short enough for a request line. */
const sendable = (text: string): string =>
  text
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?')
    .slice(0, 2000)
    .trim()
