/** A full queue over HTTP: every surface says so in its own shape, with `Retry-After`, and charges nothing. */
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { upload } from '../support/client.ts'
import { sharedDatabase } from '../support/postgres.ts'
import { rawConnection } from '../support/raw-http.ts'
import { creditsOf, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, wav } from '../support/tone.ts'

const recording = new Uint8Array(wav(toneAudio([{ word: 'one', at: 0.5 }], 2)))
const CREDITS = 50

let folder: Awaited<ReturnType<typeof testFolder>>
let env: Record<string, string>
/** Answers requests only: what it accepts waits. */
let server: TestServer
/** A file that was taken on before the queue was full. */
let earlier: { apiKey: string; stored: unknown }

function putUnderKey(apiKey: string, key: string): Promise<Response> {
  const body = new FormData()
  body.append('file', new Blob([recording]), 'talk.wav')
  const headers = { 'soku-api-key': apiKey, 'idempotency-key': key }
  return fetch(`${server.origin}/v1/media`, { method: 'POST', headers, body })
}

beforeAll(async () => {
  folder = await testFolder()
  env = {
    EARSHOT_QUEUE: '2',
    EARSHOT_ACCOUNT_QUEUE: '1',
    DATABASE_URL: await sharedDatabase(),
  }
  server = await startServer(folder.dataDir, env, 'api')
  const { apiKey } = await newAccount(folder.dataDir, CREDITS, env)
  const stored = await putUnderKey(apiKey, 'before')
  earlier = { apiKey, stored: await stored.json() }
})
afterAll(async () => {
  await server?.stop()
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

const FORM = 'multipart/form-data; boundary=x'

const fill = async (client: Client): Promise<void> => {
  const { status } = await SURFACES[1]![1](client)
  expect(status).toBe(202)
}

async function refusal(
  answer: Response,
): Promise<{ status: number; retryAfter: string | null; text: string }> {
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() }
}

const balance = ({ accountId }: Client) => creditsOf(folder.dataDir, accountId, env)

/** Where a file is sent. Of the body there is only the beginning: what is refused before it was read is refused now. */
const UPLOADS: [path: string, type: string, more?: Record<string, string>][] = [
  ['/v1/media', FORM],
  [
    '/v1/uploads',
    'application/offset+octet-stream',
    { 'upload-length': '1000000', 'tus-resumable': '1.0.0' },
  ],
  ['/v1/audio/transcriptions', FORM],
  ['/v1/audio/translations', FORM],
  ['/v1/listen', 'audio/wav'],
  ['/asr', FORM],
  ['/detect-language', FORM],
  ['/inference', FORM],
]

async function begun(client: Client, [path, type, more = {}]: (typeof UPLOADS)[number]) {
  const connection = rawConnection(server.origin)
  const headers = {
    ...(path === '/v1/media'
      ? { 'soku-api-key': client.apiKey }
      : { authorization: `Bearer ${client.apiKey}` }),
    'content-type': type,
    'content-length': '1000000',
    ...more,
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  connection.send(`POST ${path} HTTP/1.1\r\nhost: earshot\r\n${lines.join('')}\r\n`, 'RIFF')
  const { status, head, body } = await connection.answer()
  connection.socket.destroy()
  return { status, retryAfter: /^retry-after: (\d+)\r?$/im.exec(head)?.[1], body }
}

/** The beginning of a file that becomes text. @returns the refusal; undefined: the rest of it is waited for */
async function arrive({ apiKey }: Client) {
  const connection = rawConnection(server.origin)
  const head = `POST /inference HTTP/1.1\r\nhost: earshot\r\nauthorization: Bearer ${apiKey}\r\n`
  connection.send(`${head}content-type: ${FORM}\r\ncontent-length: 1000000\r\n\r\n`, 'RIFF')
  const refused = await Promise.race([connection.answer(), pause(1500)])
  return { leave: () => connection.socket.destroy(), status: refused?.status, head: refused?.head }
}

describe('files that are being received to become text', () => {
  it('count as waiting: what comes beyond is refused before it is read, until they are gone', async () => {
    const [busy, another, late] = [await newClient(), await newClient(), await newClient()]
    const first = await arrive(busy)
    expect(first.status).toBeUndefined()
    expect((await arrive(busy)).status).toBe(429)
    const second = await arrive(another)
    expect(second.status).toBeUndefined()
    expect(await arrive(late)).toMatchObject({
      status: 503,
      head: expect.stringMatching(/^retry-after: 30\r?$/im),
    })
    first.leave()
    second.leave()
    await expect.poll(async () => (await arrive(late)).status, { timeout: 10_000 }).toBeUndefined()
  })
})

describe('a full queue', () => {
  it('an account’s share: 429, and others may go on', async () => {
    const busy = await newClient()
    await fill(busy)
    for (const [name, ask] of SURFACES) {
      const { status, retryAfter, text } = await refusal(await ask(busy))
      expect({ status, retryAfter }, `${name}: ${text}`).toEqual({ status: 429, retryAfter: '30' })
      expect(text, name).toContain('1 of your transcriptions are waiting already')
    }
    for (const sent of UPLOADS) {
      const { status, retryAfter, body } = await begun(busy, sent)
      expect({ status, retryAfter }, `${sent[0]}: ${body}`).toEqual({ status: 429, retryAfter: '30' })
    }
    expect(await balance(busy)).toMatchObject({ available: CREDITS - 1, pending: 1 })
  })

  it('all of it: 503, and nothing is held', async () => {
    const late = await newClient()
    await fill(await newClient())
    for (const [name, ask] of SURFACES) {
      const { status, retryAfter, text } = await refusal(await ask(late))
      expect({ status, retryAfter }, `${name}: ${text}`).toEqual({ status: 503, retryAfter: '30' })
      expect(text, name).toContain('Too much work is waiting already')
    }
    for (const sent of UPLOADS) {
      const { status, retryAfter, body } = await begun(late, sent)
      expect({ status, retryAfter }, `${sent[0]}: ${body}`).toEqual({ status: 503, retryAfter: '30' })
      expect(body, sent[0]).toContain('Too much work is waiting already')
    }
    expect(await balance(late)).toMatchObject({ available: CREDITS, pending: 0 })
  })
  it('what was taken on before is answered under its key', async () => {
    expect((await putUnderKey(earlier.apiKey, 'later')).status).toBe(503)
    expect(await (await putUnderKey(earlier.apiKey, 'before')).json()).toEqual(earlier.stored)
  })
})
