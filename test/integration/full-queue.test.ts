/** A full queue over HTTP: every surface says so in its own shape, with `Retry-After`, and charges nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upload } from '../support/client.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, wav } from '../support/tone.ts'

const recording = new Uint8Array(wav(toneAudio([{ word: 'one', at: 0.5 }], 2)))
const CREDITS = 50

let folder: Awaited<ReturnType<typeof testFolder>>
let postgres: Postgres
let env: Record<string, string>
/** Answers requests only: what it accepts waits. */
let server: TestServer

beforeAll(async () => {
  folder = await testFolder()
  postgres = await startPostgres()
  env = {
    EARSHOT_QUEUE: '2',
    EARSHOT_ACCOUNT_QUEUE: '1',
    DATABASE_URL: await postgres.createDatabase(),
  }
  server = await startServer(folder.dataDir, env, 'api')
})
afterAll(async () => {
  await server?.stop()
  await postgres?.stop()
  await folder?.remove()
})

interface Client {
  accountId: string
  apiKey: string
  mediaId: string
}

async function newClient(): Promise<Client> {
  const account = await newAccount(folder.dataDir, CREDITS, env)
  return { ...account, mediaId: (await upload(server.origin, account.apiKey, recording)).body.mediaId }
}

const json = (path: string, headers: Record<string, string>, body: unknown): Promise<Response> =>
  fetch(server.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const SURFACES: [name: string, ask: (client: Client) => Promise<Response>][] = [
  ['Soku', ({ apiKey, mediaId }) => json('/v1/ai/transcribe', { 'soku-api-key': apiKey }, { mediaId })],
  [
    'native',
    ({ apiKey, mediaId }) => json('/v1/transcriptions', { authorization: `Bearer ${apiKey}` }, { mediaId }),
  ],
  [
    'OpenAI',
    ({ apiKey }) => {
      const body = new FormData()
      body.append('model', 'whisper-1')
      body.append('file', new Blob([recording]), 'talk.wav')
      const headers = { authorization: `Bearer ${apiKey}` }
      return fetch(`${server.origin}/v1/audio/transcriptions`, { method: 'POST', headers, body })
    },
  ],
  [
    'SoScripted',
    ({ apiKey }) =>
      json(
        '/api/public/transcribe',
        { authorization: `Bearer ${apiKey}` },
        { url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ' },
      ),
  ],
]

const fill = async (client: Client): Promise<void> => {
  const { status } = await SURFACES[1]![1](client)
  expect(status).toBe(202)
}

async function refusal(
  answer: Response,
): Promise<{ status: number; retryAfter: string | null; text: string }> {
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() }
}

const balance = async ({ accountId }: Client): Promise<unknown> =>
  JSON.parse((await earshot(folder.dataDir, ['credits', 'balance', accountId], env)).stdout)

describe('a full queue', () => {
  it('an account’s share: 429, and others may go on', async () => {
    const busy = await newClient()
    await fill(busy)
    for (const [name, ask] of SURFACES) {
      const { status, retryAfter, text } = await refusal(await ask(busy))
      expect({ status, retryAfter }, `${name}: ${text}`).toEqual({ status: 429, retryAfter: '30' })
      expect(text, name).toContain('1 of your transcriptions are waiting already')
    }
    expect(await balance(busy)).toMatchObject({ available: CREDITS - 1, pending: 1 })
  })

  it('all of it: 503, and nothing is held', async () => {
    await fill(await newClient())
    const late = await newClient()
    for (const [name, ask] of SURFACES) {
      const { status, retryAfter, text } = await refusal(await ask(late))
      expect({ status, retryAfter }, `${name}: ${text}`).toEqual({ status: 503, retryAfter: '30' })
      expect(text, name).toContain('Too much work is waiting already')
    }
    expect(await balance(late)).toMatchObject({ available: CREDITS, pending: 0 })
  })
})
