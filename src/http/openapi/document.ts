import { z } from 'zod'
import { errorSchemas } from './errors.ts'
import { type Operation, type Reply, type Schema, SECURITY_SCHEMES } from './operation.ts'

type Json = Record<string, unknown>

/** A module of the contract, and what the names of its schemas begin with in the document. */
export interface Contract {
  prefix: string
  exports: Record<string, unknown>
}

const REF = '#/components/schemas/'

/** An OpenAPI 3.1 document of the operations. Pure. */
export function openApiDocument(operations: readonly Operation[], contracts: readonly Contract[]): Json {
  const names = nameSchemas([...contracts, { prefix: 'Error', exports: errorSchemas }])
  return {
    openapi: '3.1.0',
    info: {
      title: 'Earshot',
      version: '1',
      description:
        'A transcription server: media files and social-video links become text with times. Every response ' +
        'carries `x-request-id`; times are ISO 8601 in UTC, lengths are seconds, credits are whole numbers.',
    },
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths: pathsOf(operations, names),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: {
        ...componentsOf(names, 'input'),
        ...componentsOf(names, 'output'),
      },
    },
  }
}

interface Named {
  id: string
  /** What is sent to us; else what we send. */
  io: 'input' | 'output'
}

type Names = Map<z.ZodType, Named>

/** Every exported schema is a component, named as in the contract. */
function nameSchemas(contracts: readonly Contract[]): Names {
  const names: Names = new Map()
  for (const { prefix, exports } of contracts)
    for (const [key, value] of Object.entries(exports))
      if (value instanceof z.ZodType) {
        const id = prefix + key[0]?.toUpperCase() + key.slice(1)
        names.set(value, { id, io: /(Body|Query)$/.test(key) ? 'input' : 'output' })
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
    ...(description && { description }),
    parameters: [...pathParameters(operation), ...queryParameters(operation), ...headerParameters(operation)],
    ...(body && { requestBody: { required: true, content: contentOf(body, names) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(replies).map(([status, reply]) => [status, present(reply, names)]),
      ),
      ...(errors !== 'none' && {
        default: {
          description: 'Refused, or failed.',
          content: { 'application/json': { schema: { $ref: `${REF}Error${errors}` } } },
        },
      }),
    },
    security: security.map((scheme) => ({ [scheme]: [] })),
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
  if (!(schema instanceof z.ZodType)) return schema.json
  const named = names.get(schema)
  return named ? { $ref: REF + named.id } : bare(z.toJSONSchema(schema) as Json)
}
