import { z } from 'zod'
import { missingScopes, needsOf } from '../../domain/keys/operations.ts'
import { errorSchemas } from './errors.ts'
import { describeEvents } from './events.ts'
import { type ErrorShape, type Operation, type Reply, type Schema, SECURITY_SCHEMES } from './operation.ts'
import { describeTags } from './tags.ts'

type Json = Record<string, unknown>

/** A module of the contract, and what the names of its schemas begin with in the document. */
export interface Contract {
  prefix: string
  exports: Record<string, unknown>
}

const REF = '#/components/schemas/'

/** What programs are sent, beside answers: the schema of the contract that says how it looks. */
export interface Sent {
  event: z.ZodType
}

/** An OpenAPI 3.1 document of the operations. Pure. */
export function openApiDocument(
  operations: readonly Operation[],
  contracts: readonly Contract[],
  { event }: Sent,
): Json {
  const names = nameSchemas([...contracts, { prefix: 'Error', exports: errorSchemas }])
  const paths = pathsOf(operations, names)
  const webhooks = describeEvents(schemaOf(event, names))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Earshot',
      version: '1',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'A transcription server: media files and social-video links become text with times. Every response ' +
        'carries `x-request-id`; times are ISO 8601 in UTC, lengths are seconds, credits are whole numbers.',
    },
    servers: [{ url: '/', description: 'This server.' }],
    tags: describeTags(operations.map(({ tag }) => tag)),
    paths,
    webhooks,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: reached(
        { paths, webhooks },
        { ...componentsOf(names, 'input'), ...componentsOf(names, 'output') },
      ),
    },
  }
}

/** The schemas that the document refers to, by themselves or through others. */
function reached(from: unknown, schemas: Json): Json {
  const found = new Set<string>()
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const { $ref } = value as { $ref?: unknown }
    const id = typeof $ref === 'string' && $ref.startsWith(REF) ? $ref.slice(REF.length) : undefined
    if (id !== undefined && !found.has(id)) {
      found.add(id)
      look(schemas[id])
    }
    for (const each of Object.values(value)) look(each)
  }
  look(from)
  return Object.fromEntries(Object.entries(schemas).filter(([id]) => found.has(id)))
}

interface Named {
  id: string
  /** What is sent to us; else what we send. */
  io: 'input' | 'output'
}

type Names = Map<z.ZodType, Named>

/** Every exported schema may be a component, named as in the contract. Queries are parameters instead. */
function nameSchemas(contracts: readonly Contract[]): Names {
  const names: Names = new Map()
  for (const { prefix, exports } of contracts)
    for (const [key, value] of Object.entries(exports))
      if (value instanceof z.ZodType && !key.endsWith('Query')) {
        const id = prefix + key[0]?.toUpperCase() + key.slice(1)
        names.set(value, { id, io: /Body$/.test(key) ? 'input' : 'output' })
      }
  return names
}

function componentsOf(names: Names, io: Named['io']): Json {
  const registry = z.registry<{ id: string }>()
  for (const [schema, named] of names) if (named.io === io) registry.add(schema, { id: named.id })
  const { schemas } = z.toJSONSchema(registry, { io, uri: (id) => REF + id })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, bare(schema as Json)]))
}

/** Without what is said for the whole document. */
function bare({ $schema: _, $id: __, ...schema }: Json): Json {
  return schema
}

function pathsOf(operations: readonly Operation[], names: Names): Record<string, Json> {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation, names) }
  }
  return paths
}

function describe(operation: Operation, names: Names): Json {
  const { tag, summary, description, body, replies, errors, security } = operation
  return {
    operationId: operationId(operation),
    tags: [tag],
    summary,
    description: [description, scopesOf(operation)].filter(Boolean).join('\n\n'),
    parameters: [...pathParameters(operation), ...queryParameters(operation), ...headerParameters(operation)],
    ...(body && { requestBody: { required: true, content: contentOf(body, names) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(replies).map(([status, reply]) => [status, present(reply, names)]),
      ),
      ...refusals(errors),
    },
    security: security.map((scheme) => ({ [scheme]: [] })),
  }
}

/** What the key must be allowed to, from the table that `plugins/scopes.ts` holds requests against. */
function scopesOf({ method, path, security }: Operation): string {
  const needs = needsOf(`${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
  if (security.length === 0 || security.includes('session') || needs === undefined) return ''
  if (needs === 'free') return 'Any key will do.'
  const scopes = missingScopes([], needs).map((scope) => `\`${scope}\``)
  return `Scope: ${scopes.join('anyOf' in needs ? ' or ' : ' and ')}.`
}

/** One shape for whatever is wrong. Without one, `unreadable.ts` still refuses what is no request. */
function refusals(errors: ErrorShape): Json {
  if (errors === 'none') return { '4XX': { description: 'The request cannot be read.' } }
  const content = { 'application/json': { schema: { $ref: `${REF}Error${errors}` } } }
  return {
    '4XX': {
      description: 'Refused: change the request, or send it later.',
      content,
    },
    '5XX': { description: 'Failed: the same request may succeed later. Nothing was charged.', content },
  }
}

const operationId = ({ method, path }: Operation): string =>
  [method, ...path.split(/[^A-Za-z0-9]+/).filter(Boolean)].join('_')

const pathParameters = ({ path }: Operation): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

function queryParameters({ query }: Operation): Json[] {
  if (!query) return []
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

const headerParameters = ({ headers = {} }: Operation): Json[] =>
  Object.entries(headers).map(([name, { description, required = false }]) => ({
    name,
    in: 'header',
    description,
    required,
    schema: { type: 'string' },
  }))

const present = ({ description, content, headers }: Reply, names: Names): Json => ({
  description,
  ...(content && { content: contentOf(content, names) }),
  ...(headers && {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, says]) => [
        name,
        { description: says, schema: { type: 'string' } },
      ]),
    ),
  }),
})

const contentOf = (content: Record<string, Schema>, names: Names): Json =>
  Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [type, { schema: schemaOf(schema, names) }]),
  )

function schemaOf(schema: Schema, names: Names): object {
  if ('anyOf' in schema && !(schema instanceof z.ZodType))
    return { anyOf: schema.anyOf.map((each) => schemaOf(each, names)) }
  if (!(schema instanceof z.ZodType)) return schema.json
  const named = names.get(schema)
  return named ? { $ref: REF + named.id } : bare(z.toJSONSchema(schema) as Json)
}
