/** Keys, credits and usage over HTTP. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  CreateKeyReply,
  CreditsReply,
  LedgerReply,
  ListKeysReply,
  UsageReply,
} from '../../src/contract/account.ts'
import { transcribe, upload } from '../support/client.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const recording = new Uint8Array(wav(toneAudio(toneProgramme(3, 70), 70)))

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function call<T>(
  apiKey: string,
  path: string,
  method = 'GET',
  body?: unknown,
): Promise<{ status: number; body: T; headers: Headers }> {
  const response = await fetch(`${server.origin}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, headers: response.headers, body: (await response.json()) as T }
}

it('makes a key that is shown once, lists its preview, and revokes it at once', async () => {
  const { apiKey } = await newAccount(folder.dataDir)
  const made = await call<CreateKeyReply>(apiKey, '/api-keys', 'POST', { name: 'build server' })
  expect(made.status).toBe(201)
  expect(made.headers.get('cache-control')).toBe('no-store')
  const { apiKey: key, ...shown } = made.body
  expect(key).toMatch(/^sk_live_[\w-]{32}$/)
  expect(shown).toMatchObject({ name: 'build server', status: 'active', lastUsedAt: null, expiresAt: null })
  expect(shown.preview).toBe(`${key.slice(0, 11)}...${key.slice(-3)}`)

  const listed = await call<ListKeysReply>(key, '/api-keys')
  expect(JSON.stringify(listed.body)).not.toContain(key)
  expect(listed.body.items).toHaveLength(2)
  expect(listed.body.items.find((k) => k.id === shown.id)?.lastUsedAt).not.toBeNull()

  const revoked = await call(apiKey, `/api-keys/${shown.id}`, 'DELETE')
  expect(revoked).toMatchObject({ status: 200, body: { id: shown.id, status: 'revoked' } })
  expect(await call(key, '/api-keys')).toMatchObject({
    status: 401,
    body: { error: { code: 'unauthorized', message: 'API key revoked' } },
  })
})

it('a key may do what its scopes say, and hand on no more than that', async () => {
  const { apiKey } = await newAccount(folder.dataDir)
  const { body } = await call<CreateKeyReply>(apiKey, '/api-keys', 'POST', { scopes: ['keys', 'media'] })
  expect(body.scopes).toEqual(['keys', 'media'])
  const refused = { status: 403, body: { error: { code: 'forbidden' } } }
  expect(await call(body.apiKey, '/credits')).toMatchObject(refused)
  expect(await call(body.apiKey, '/api-keys', 'POST', { scopes: ['credits'] })).toMatchObject(refused)
  expect(await transcribe(server.origin, body.apiKey, { mediaId: 'media_none' })).toMatchObject(refused)
  const { mediaId } = (await upload(server.origin, body.apiKey, recording)).body
  expect(await transcribe(server.origin, body.apiKey, { mediaId })).toMatchObject(refused)
  const child = await call<CreateKeyReply>(body.apiKey, '/api-keys', 'POST', {})
  expect(child.body.scopes).toEqual(['keys', 'media'])
})

it('a key expires', async () => {
  const { apiKey } = await newAccount(folder.dataDir)
  expect(await call(apiKey, '/api-keys', 'POST', { expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
    status: 400,
    body: { error: { details: { field: 'expiresAt', reason: 'past' } } },
  })
  const soon = new Date(Date.now() + 4000).toISOString()
  const made = await call<CreateKeyReply>(apiKey, '/api-keys', 'POST', { expiresAt: soon })
  const expiring = made.body.apiKey
  let answer = await call(expiring, '/api-keys')
  while (answer.status === 200) answer = await call(expiring, '/api-keys')
  expect(answer).toMatchObject({ status: 401, body: { error: { message: 'API key expired' } } })
})

it.each([[{ name: '' }], [{ name: 'n'.repeat(101) }], [{ scopes: ['everything'] }], [{ nmae: 'x' }]])(
  'refuses %j',
  async (body) => {
    const { apiKey } = await newAccount(folder.dataDir)
    expect(await call(apiKey, '/api-keys', 'POST', body)).toMatchObject({
      status: 400,
      body: { error: { code: 'validation_error' } },
    })
  },
)

it('keeps accounts apart', async () => {
  const [one, other] = [await newAccount(folder.dataDir), await newAccount(folder.dataDir)]
  const { body } = await call<ListKeysReply>(one.apiKey, '/api-keys')
  expect(await call(other.apiKey, `/api-keys/${body.items[0]!.id}`, 'DELETE')).toMatchObject({ status: 404 })
  expect((await call(one.apiKey, '/credits')).status).toBe(200)
})

it('says what there is, what became of it, and what for', async () => {
  const { apiKey } = await newAccount(folder.dataDir, 100)
  const { mediaId } = (await upload(server.origin, apiKey, recording)).body
  for (const _ of [1, 2]) await transcribe(server.origin, apiKey, { mediaId, durationSeconds: 170 })

  const { body: credits } = await call<CreditsReply>(apiKey, '/credits')
  expect(credits).toMatchObject({ posted: 96, pending: 0, available: 96, subscriptionStatus: 'active' })

  const items: LedgerReply['items'] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: LedgerReply } = await call(apiKey, `/credits/ledger?limit=3${cursor}`)
    items.push(...body.items)
    cursor = body.nextCursor && `&cursor=${body.nextCursor}`
  }
  expect(items.map((i) => i.kind).sort()).toEqual(
    ['grant', 'hold', 'hold', 'post', 'post', 'void', 'void'].sort(),
  )
  expect(new Set(items.map((i) => i.id)).size).toBe(7)
  expect(items.reduce((sum, i) => sum + i.availableChange, 0)).toBe(96)
  expect(items.reduce((sum, i) => sum + i.postedChange, 0)).toBe(96)

  const { body: used } = await call<UsageReply>(apiKey, '/usage')
  expect(used.total).toEqual({ transcriptions: 2, seconds: 140, credits: 4 })
  expect(used.days).toEqual([{ day: used.to, ...used.total }])
  expect(used.keys).toEqual([{ keyId: expect.stringMatching(/^key_/), name: 'default', ...used.total }])
  expect(used.sources).toEqual([{ source: 'upload', ...used.total }])
  const { body: earlier } = await call<UsageReply>(apiKey, '/usage?from=2026-01-01&to=2026-01-31')
  expect(earlier).toMatchObject({ from: '2026-01-01', to: '2026-01-31', total: { credits: 0 }, days: [] })
})
