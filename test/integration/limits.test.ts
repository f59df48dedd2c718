/** Rate limits over HTTP, with the documented figures; the processes of one database count together. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upload } from '../support/client.ts'
import { sharedDatabase } from '../support/postgres.ts'
import {
  creditsOf,
  earshot,
  newAccount,
  startServer,
  type TestServer,
  testFolder,
} from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const recording = new Uint8Array(wav(toneAudio(toneProgramme(3, 4), 4)))

let folder: Awaited<ReturnType<typeof testFolder>>
let env: Record<string, string>
let servers: TestServer[]

beforeAll(async () => {
  folder = await testFolder()
  const plans = join(folder.dataDir, '../plans.json')
  const staff = { name: 'Staff', monthlyCredits: 0, rateTier: 'admin' }
  await writeFile(plans, JSON.stringify({ plans: { staff } }))
  env = {
    EARSHOT_MODEL: folder.model,
    EARSHOT_PLANS: plans,
    EARSHOT_SLOTS: '1',
    EARSHOT_RATE_LIMITS: 'default=5+2, authenticated=6, premium=40+5, transcribe=3',
    DATABASE_URL: await sharedDatabase(),
  }
  servers = [await startServer(folder.dataDir, env), await startServer(folder.dataDir, env, 'api')]
})
afterAll(async () => {
  await Promise.all((servers ?? []).map((server) => server.stop()))
  await folder?.remove()
})

const origin = (n = 0): string => servers[n % servers.length]!.origin

const post = (n: number, headers: Record<string, string>, body: unknown = {}): Promise<Response> =>
  fetch(`${origin(n)}/v1/ai/transcribe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const missing = (n: number, key: string): Promise<Response> =>
  fetch(`${origin(n)}/v1/nothing`, { headers: { 'soku-api-key': key } })

const numbers = ({ headers }: Response) => ({
  limit: Number(headers.get('x-ratelimit-limit')),
  remaining: Number(headers.get('x-ratelimit-remaining')),
  tier: headers.get('x-ratelimit-tier'),
})

it('says on every response what is left, as Soku and as the IETF’s draft do', async () => {
  const { apiKey } = await newAccount(folder.dataDir, 10, env)
  const answer = await post(0, { 'soku-api-key': apiKey })
  expect(answer.status).toBe(400)
  expect(numbers(answer)).toEqual({ limit: 40, remaining: 39, tier: 'premium' })
  const reset = Number(answer.headers.get('x-ratelimit-reset')) - Date.now() / 1000
  expect(reset).toBeGreaterThan(50)
  expect(reset).toBeLessThan(70)
  expect(answer.headers.get('ratelimit-policy')).toBe('"premium";q=40;w=60, "transcribe";q=3;w=60')
  expect(answer.headers.get('ratelimit')).toMatch(/^"premium";r=39;t=\d+, "transcribe";r=2;t=\d+$/)
  const lost = await missing(0, apiKey)
  expect(lost.status).toBe(404)
  expect(numbers(lost)).toEqual({ limit: 40, remaining: 38, tier: 'premium' })
})

it('counts an account over all its keys and all processes, with its burst', async () => {
  const { apiKey, accountId } = await newAccount(folder.dataDir, 10, env)
  const made = await earshot(folder.dataDir, ['keys', 'create', '--account', accountId], env)
  const second = (JSON.parse(made.stdout) as { apiKey: string }).apiKey
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => missing(n, n % 3 === 0 ? second : apiKey)),
  )
  expect(answers.filter((a) => a.status === 404)).toHaveLength(45)
  for (const refused of answers.filter((a) => a.status !== 404)) {
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(numbers(refused)).toEqual({ limit: 40, remaining: 0, tier: 'premium' })
    const { error } = (await refused.json()) as { error: { code: string; details: { retryAfter: number } } }
    expect(error.code).toBe('rate_limit_exceeded')
    expect(error.details.retryAfter).toBe(Number(refused.headers.get('retry-after')))
  }
})

it('without an active subscription an account has the tier “authenticated”', async () => {
  const { apiKey, accountId } = await newAccount(folder.dataDir, 10, env)
  await earshot(folder.dataDir, ['accounts', 'subscription', accountId, '--status', 'canceled'], env)
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => post(n, { 'soku-api-key': apiKey })))
  expect(answers.map((a) => a.status).sort()).toEqual([403, 403, 403, 403, 403, 403, 429, 429])
  expect(numbers(answers[0]!)).toMatchObject({ limit: 6, tier: 'authenticated' })
})

it('a plan may say which tier its accounts have', async () => {
  const { apiKey, accountId } = await newAccount(folder.dataDir, 10, env)
  await earshot(folder.dataDir, ['accounts', 'subscription', accountId, '--plan', 'staff'], env)
  const answer = await post(0, { 'soku-api-key': apiKey })
  expect(numbers(answer)).toEqual({ limit: 200, remaining: 199, tier: 'admin' })
})

it('without a valid key the address is counted', async () => {
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, n) => post(n, n % 2 === 0 ? {} : { 'soku-api-key': 'sk_live_wrongwrong' })),
  )
  expect(answers.map((a) => a.status).sort()).toEqual([401, 401, 401, 401, 401, 401, 401, 429, 429])
  expect(numbers(answers[0]!)).toMatchObject({ limit: 5, tier: 'default' })
  const { apiKey } = await newAccount(folder.dataDir, 10, env)
  expect((await missing(0, apiKey)).status).toBe(404)
})

describe('an endpoint’s limit', () => {
  it('is not used up by an idempotent replay, and refuses without a charge', async () => {
    const { apiKey, accountId } = await newAccount(folder.dataDir, 10, env)
    const { mediaId } = (await upload(origin(), apiKey, recording)).body
    const ask = (n: number, key: string) =>
      post(n, { 'soku-api-key': apiKey, 'idempotency-key': key }, { mediaId })
    for (let n = 0; n < 6; n++) expect((await ask(n, 'same')).status).toBe(200)
    for (const key of ['two', 'three']) expect((await ask(0, key)).status).toBe(200)
    const refused = await ask(1, 'four')
    expect(refused.status).toBe(429)
    expect(numbers(refused)).toMatchObject({ limit: 3, remaining: 0 })
    expect((await ask(1, 'same')).status).toBe(200)
    expect(await creditsOf(folder.dataDir, accountId, env)).toMatchObject({ available: 7, pending: 0 })
  })
})
