/** `/openapi.json` is a valid document, names every route and no other, and what is answered is as it says. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { buildApp } from '../../src/http/app.ts'
import { type Base, composeAll, composeBase } from '../../src/main/compose.ts'
import { createLogger } from '../../src/main/logger.ts'

interface Operation {
  operationId: string
  description: string
  parameters: { in: string; required: boolean }[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

type Document = {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

let dir: string
let base: Base
let app: FastifyInstance
let document: Document
let registered: string[]

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-openapi-'))
  const config = loadConfig({ EARSHOT_DATA_DIR: dir, EARSHOT_LOG_LEVEL: 'error' })
  const logger = createLogger('error')
  base = await composeBase(config)
  const { http } = await composeAll(config, base, logger, { worker: false })
  // Without the page’s files, each of which is a route.
  app = await buildApp({ ...http, web: { ...http.web, pageDir: undefined, docsDir: undefined } }, logger)
  document = (await app.inject('/openapi.json')).json<Document>()
  registered = routes()
})
afterAll(async () => {
  await app?.close()
  await base?.close()
  await rm(dir, { recursive: true, force: true })
})

/** `GET /v1/media/{id}` of every route, from Fastify's own tree of them. */
function routes(): string[] {
  const found: string[] = []
  const above: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods] = /^([│ ├└─]*)(\S+)(?: \((.+)\))?/.exec(line) ?? []
    const depth = indent.length / 4
    above.splice(depth - 1, above.length, part)
    const path = above.join('').replace(/:(\w+)/g, '{$1}')
    for (const method of methods?.split(', ') ?? []) found.push(`${method} ${path}`)
  }
  return found
}

const documented = (): string[] =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )

it('is valid OpenAPI 3.1', async () => {
  expect(document.openapi).toBe('3.1.0')
  const validator = new Validator()
  expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
  expect(() => validator.resolveRefs()).not.toThrow()
})

it('passes the linter of Redocly, with its recommended rules, without a word', async () => {
  const config = await createConfig({ extends: ['recommended'] })
  const source = JSON.stringify(document)
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config })
  expect(
    problems.map(({ ruleId, message, location }) => ({ ruleId, message, at: location[0]?.pointer })),
  ).toEqual([])
})

it('describes every operation', () => {
  const without = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, { description }]) => description.trim() === '')
      .map(([method]) => `${method} ${path}: say in src/http/openapi what it does`),
  )
  expect(without).toEqual([])
})

it('names every operation once', () => {
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path).map((o) => o.operationId))
  expect(new Set(ids).size).toBe(ids.length)
})

it('names what is there', () => {
  expect(documented().filter((operation) => !registered.includes(operation))).toEqual([])
})

/** What needs no words of its own: what follows from others, aliases, and refusals. */
const UNDOCUMENTED = /^(HEAD|OPTIONS) |^\w+ \/openai\/v1\/|^(GET|DELETE) \/mcp$|^\w+ \*/

it('leaves out nothing that may be asked', () => {
  const asked = registered.filter((route) => !UNDOCUMENTED.test(route))
  const missing = asked.filter((route) => !documented().includes(route))
  expect(missing.map((route) => `${route}: add it to src/http/openapi`)).toEqual([])
})

it('tells the truth of what is answered, and of what is refused', async () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema(document, 'document')
  const expectAsSaid = (path: string, status: string, answer: unknown): void => {
    const pointer = ['paths', path, 'get', 'responses', status, 'content', 'application/json', 'schema']
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/')
    const valid = ajv.validate(`document#/${pointer}`, answer)
    expect({ path, errors: valid ? [] : ajv.errors }).toEqual({ path, errors: [] })
  }
  const { apiKey } = await createAccount(base, { name: 'a', credits: 1 })
  const simple = Object.entries(document.paths).filter(
    ([path, { get }]) =>
      /^\/(v1|api\/public)\//.test(path) &&
      !path.includes('{') &&
      get?.responses['200']?.content?.['application/json'],
  )
  expect(simple.length).toBeGreaterThan(8)
  for (const [path] of simple) {
    const answer = await app.inject({ url: path, headers: { authorization: `Bearer ${apiKey}` } })
    expect({ path, status: answer.statusCode }).toEqual({ path, status: 200 })
    expectAsSaid(path, '200', answer.json())
    expectAsSaid(path, '4XX', (await app.inject(path)).json())
  }
})
