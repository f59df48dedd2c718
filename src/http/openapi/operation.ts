import type { z } from 'zod'
import type { Tag } from './tags.ts'

/** A part of the document, written beside the contract and held against the registered routes by a test. */
export interface Operation {
  method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete' | 'options'
  /** Parameters of the path in braces: `/v1/media/{id}`. */
  path: string
  tag: Tag
  /** A few words in the imperative, without a full stop. */
  summary: string
  /** What it does, and what a caller has to know; in Markdown. */
  description: string
  query?: z.ZodObject
  headers?: Record<string, Header>
  /** By content type. */
  body?: Record<string, Schema>
  replies: Record<number, Reply>
  errors: ErrorShape
  /** Empty: anybody may. */
  security: readonly SecurityScheme[]
}

/** A schema of the contract, or JSON Schema where the bytes are no JSON. */
export type Schema = z.ZodType | { json: object } | { anyOf: readonly Schema[] }

export interface Header {
  description: string
  required?: boolean
}

export interface Reply {
  description: string
  /** By content type; undefined: no body. */
  content?: Record<string, Schema>
  headers?: Record<string, string>
}

export type ErrorShape = 'Soku' | 'SoScripted' | 'OpenAi' | 'Asr' | 'Inference' | 'Listen' | 'none'

export const SECURITY_SCHEMES = {
  sokuApiKey: { type: 'apiKey', in: 'header', name: 'soku-api-key', description: 'A key like `sk_live_…`.' },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same key as a Bearer token.' },
  basic: {
    type: 'http',
    scheme: 'basic',
    description: 'The same key as the password of an address, for tools that know nothing else.',
  },
  runner: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token of a runner, `rt_…`, which is no API key.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'earshot_session',
    description: 'The dashboard’s session, set by its login.',
  },
} as const
export type SecurityScheme = keyof typeof SECURITY_SCHEMES

const JSON_TYPE = 'application/json'

export const json = (schema: Schema): Record<string, Schema> => ({ [JSON_TYPE]: schema })

export const ok = (schema: Schema, description = 'Done.'): Record<number, Reply> => ({
  200: { description, content: json(schema) },
})
export const created = (schema: Schema): Record<number, Reply> => ({
  201: { description: 'Created.', content: json(schema) },
})
export const accepted = (schema: Schema): Record<number, Reply> => ({
  202: { description: 'Accepted; the work goes on in the background.', content: json(schema) },
})
export const nothing: Record<number, Reply> = { 204: { description: 'Done.' } }

export const BYTES: Schema = { json: { type: 'string', format: 'binary' } }
export const TEXT: Schema = { json: { type: 'string' } }
/** Events, described by what stands in their `data`, as OpenAI's own document has it. */
export const events = (...data: Schema[]): Record<string, Schema> => ({
  'text/event-stream': { anyOf: data },
})

/** The answer of an API whose other fields depend on the format that was asked for. */
export const TRANSCRIBED: Schema = {
  json: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
}
