/** What a key may do: every operation of the document names its scopes, and refuses a key that lacks them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { SCOPES, type Scope } from '../../src/domain/context.ts'
import { createKey } from '../../src/domain/keys/create.ts'
import { type Needs, needsOf, suffices } from '../../src/domain/keys/operations.ts'
import { buildApp } from '../../src/http/app.ts'
import { type Base, composeAll, composeBase } from '../../src/main/compose.ts'
import { createLogger } from '../../src/main/logger.ts'

let dir: string
let base: Base
let app: FastifyInstance
let accountId: string
let operations: [method: string, path: string][]

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-scopes-'))
  const config = loadConfig({
    EARSHOT_DATA_DIR: dir,
    EARSHOT_LOG_LEVEL: 'error',
    EARSHOT_RATE_LIMITS: 'off',
  })
  const logger = createLogger('error')
  base = await composeBase(config)
  const { http } = await composeAll(config, base, logger, { worker: false })
  app = await buildApp(http, logger)
  accountId = (await createAccount(base, { name: 'a', credits: 1 })).accountId
  const { paths } = (await app.inject('/openapi.json')).json<{ paths: Record<string, object> }>()
  operations = Object.entries(paths).flatMap(([path, of]) =>
    Object.keys(of).map((method): [string, string] => [method.toUpperCase(), path]),
  )
})
afterAll(async () => {
  await app?.close()
  await base?.close()
  await rm(dir, { recursive: true, force: true })
})

/** Without a key: health, what is shared by a link, payments by their signature; people by their session. */
const KEYLESS =
  /^\/(healthz|readyz|metrics|openapi\.json|api\/shared\/|api\/runner\/|v1\/payments\/|api\/dashboard\/(session|login|logout|join|invitation|people|password|operator))/
const patternOf = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

const keyWith = async (scopes: readonly Scope[]): Promise<string> =>
  (await base.db.transaction().execute((tx) => createKey(tx, Date.now(), { accountId, scopes }))).apiKey

const ask = async (method: string, path: string, key: string): Promise<number> => {
  const answer = await app.inject({
    method: method as 'GET',
    url: path.replaceAll(/\{\w+\}/g, 'none'),
    headers: { authorization: `Bearer ${key}`, 'soku-api-key': key, 'tus-resumable': '1.0.0' },
    ...(/^(POST|PUT|PATCH)$/.test(method) && { payload: {} }),
  })
  return answer.statusCode
}

it('every operation that takes a key is in the table', () => {
  const unnamed = operations
    .filter(([, path]) => !KEYLESS.test(path))
    .filter(([method, path]) => needsOf(`${method} ${patternOf(path)}`) === undefined)
  expect(unnamed).toEqual([])
  expect(operations.length).toBeGreaterThan(120)
})

describe('over all operations under /v1 and /api/public', () => {
  const keyed = (): [string, string, Needs][] =>
    operations
      .filter(([, path]) => /^\/(v1|api\/public)\//.test(path) && !KEYLESS.test(path))
      .map(([method, path]) => [method, path, needsOf(`${method} ${patternOf(path)}`)!])

  const sets: (readonly Scope[])[] = [
    ...SCOPES.map((scope) => [scope]),
    ['transcribe', 'media'],
    ['credits', 'webhooks', 'keys'],
  ]
  it.each(sets.map((scopes) => [scopes.join(' and '), scopes] as const))(
    'a key with %s may do what the table says, and nothing else',
    async (_name, scopes) => {
      const key = await keyWith(scopes)
      for (const [method, path, needs] of keyed()) {
        const status = await ask(method, path, key)
        const refused = { operation: `${method} ${path}`, refused: status === 403 }
        expect(refused).toEqual({ operation: `${method} ${path}`, refused: !suffices(scopes, needs) })
      }
    },
  )
})

it('no key sees what its scopes do not name', () => {
  for (const scope of ['credits', 'webhooks', 'keys'] as const)
    for (const [method, path] of operations) {
      if (!/^\/(v1\/(transcriptions|media|uploads|audio)|api\/public)/.test(path) || method === 'OPTIONS')
        continue
      expect([path, suffices([scope], needsOf(`${method} ${patternOf(path)}`)!)]).toEqual([path, false])
    }
})
