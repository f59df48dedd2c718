/** `npm run contract`: makes the contract as it is now that of the last release, in docs/openapi/released.json. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contractDocument } from '../src/http/openapi/index.ts'
import type { Contract } from './lib/breaking.ts'
import { isForPrograms } from './reference/examples/index.ts'

export const RELEASED = join(import.meta.dirname, '../docs/openapi/released.json')

/** What programs rely on: without the dashboard’s own server side, and without what is only said. */
export function contract(): Contract {
  const { openapi, paths, webhooks, components } = contractDocument() as unknown as Contract & {
    openapi: string
  }
  const kept = Object.fromEntries(Object.entries(paths).filter(([path]) => isForPrograms({ path })))
  return withoutWords({ openapi, paths: kept, webhooks, components }) as Contract
}

const WORDS = new Set(['description', 'summary', 'tags', 'operationId'])

function withoutWords(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutWords(each))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => isNames || !WORDS.has(key))
  // Below `properties` stand names, one of which may be “description”.
  return Object.fromEntries(
    entries.map(([key, each]) => [key, withoutWords(each, !isNames && key === 'properties')]),
  )
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(dirname(RELEASED), { recursive: true })
  writeFileSync(RELEASED, `${JSON.stringify(contract(), null, 1)}\n`)
}
