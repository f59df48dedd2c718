/** A JSON Schema as a table of its fields, those of objects within it under them. */
import { Html, html } from './html.ts'
import { scrolling } from './markdown.ts'

export interface JsonSchema {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  prefixItems?: JsonSchema[]
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  oneOf?: JsonSchema[]
  allOf?: JsonSchema[]
  description?: string
  default?: unknown
  format?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
  additionalProperties?: JsonSchema | boolean
}

export type Schemas = Record<string, JsonSchema>

/** Deeper ones are described where they are at home. */
const DEPTH = 4

interface Field {
  name: string
  required: boolean
  schema: JsonSchema
}

export function schemaTable(schema: JsonSchema, schemas: Schemas, caption: string): Html {
  const fields = fieldsOf(schema, schemas)
  if (fields.length === 0) return html`<p>${typeOf(schema, schemas)}</p>`
  return fieldTable(fields, schemas, caption)
}

export function fieldTable(fields: readonly Field[], schemas: Schemas, caption: string): Html {
  const rows = fields.map(
    ({ name, required, schema }) => html`<tr>
<th scope="row"><code>${name}</code>${required && html` <small class="required">required</small>`}</th>
<td>${typeOf(schema, schemas)}</td>
<td>${aboutOf(schema, schemas)}</td>
</tr>`,
  )
  const table = html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">About</th></tr></thead>
<tbody>${rows}</tbody>
</table>`
  return new Html(scrolling(table.text))
}

/** All fields, in the order of the schema. */
function fieldsOf(schema: JsonSchema, schemas: Schemas, above = '', depth = 0): Field[] {
  const here = resolved(schema, schemas)
  const alternatives = here.anyOf ?? here.oneOf
  if (alternatives) return merged(alternatives.map((each) => fieldsOf(each, schemas, above, depth)))
  if (here.allOf) return here.allOf.flatMap((each) => fieldsOf(each, schemas, above, depth))
  if (here.items) return fieldsOf(here.items, schemas, `${above}[]`, depth)
  if (depth === DEPTH) return []
  return Object.entries(here.properties ?? {}).flatMap(([key, value]) => {
    const name = above === '' ? key : `${above}.${key}`
    const own = { name, required: here.required?.includes(key) === true, schema: value }
    return [own, ...fieldsOf(value, schemas, name, depth + 1)]
  })
}

/** Fields of alternatives, each once; required where all require them. */
function merged(alternatives: Field[][]): Field[] {
  const found = new Map<string, Field>()
  for (const fields of alternatives)
    for (const field of fields) {
      const before = found.get(field.name)
      if (!before) found.set(field.name, field)
      else found.set(field.name, { ...before, required: before.required && field.required })
    }
  return [...found.values()]
}

export function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const id = schema.$ref?.split('/').at(-1)
  if (id === undefined) return schema
  const { $ref: _, ...beside } = schema
  return { ...resolved(schemas[id] ?? {}, schemas), ...beside }
}

export function typeOf(schema: JsonSchema, schemas: Schemas): string {
  const here = resolved(schema, schemas)
  const alternatives = here.anyOf ?? here.oneOf
  if (alternatives) return [...new Set(alternatives.map((each) => typeOf(each, schemas)))].join(' or ')
  if (here.const !== undefined) return JSON.stringify(here.const)
  if (here.enum) return here.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (here.items) return `array of ${typeOf(here.items, schemas)}`
  if (here.format === 'binary') return 'file'
  const type = [here.type ?? (here.properties ? 'object' : 'any')].flat().join(' or ')
  return here.format === undefined ? type : `${type} (${here.format})`
}

function aboutOf(schema: JsonSchema, schemas: Schemas): string {
  const here = resolved(schema, schemas)
  const { description, default: fallback, minimum, maximum, minLength, maxLength, maxItems } = here
  const limits = [
    between(minimum, bounded(maximum)),
    maxLength !== undefined && `At most ${maxLength} characters.`,
    maxItems !== undefined && `At most ${maxItems} items.`,
    minLength !== undefined && minLength > 1 && `At least ${minLength} characters.`,
    fallback !== undefined && `Default: ${JSON.stringify(fallback)}.`,
  ]
  return [description, ...limits].filter(Boolean).join(' ')
}

/** The largest safe integer is zod's word for no limit. */
const bounded = (limit: number | undefined): number | undefined =>
  limit === undefined || limit >= Number.MAX_SAFE_INTEGER ? undefined : limit

function between(from: number | undefined, to: number | undefined): string | undefined {
  if (to === undefined) return from === undefined || from < 0 ? undefined : `At least ${from}.`
  return from === undefined || from <= Number.MIN_SAFE_INTEGER ? `At most ${to}.` : `From ${from} to ${to}.`
}
