/** One request, one charge, on every door: forms, SDKs that try again by themselves, links, and a request’s time. */
import OpenAI, { APIError, toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CheckoutReply } from '../../src/contract/account.ts'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { nativeClient } from '../support/native.ts'
import { rawConnection } from '../support/raw-http.ts'
import { creditsOf, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { startSocial } from '../support/social.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { startTranscriptionDouble, type TranscriptionDouble } from '../support/transcription-double.ts'

const recording = (seed: number): Buffer<ArrayBuffer> =>
  Buffer.from(wav(toneAudio(toneProgramme(seed, 4), 4)))
const text = (seed: number): string =>
  toneProgramme(seed, 4)
    .map((w) => w.word)
    .join(' ')

const form = (
  bytes: Buffer<ArrayBuffer>,
  fields: Record<string, string> = {},
  name = 'talk.wav',
): FormData => {
  const made = new FormData()
  for (const [field, value] of Object.entries(fields)) made.append(field, value)
  made.append('file', new Blob([bytes]), name)
  return made
}

describe('a form', () => {
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

  const post = async (apiKey: string, path: string, key: string, body: FormData) => {
    const answer = await fetch(server.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'soku-api-key': apiKey, 'idempotency-key': key },
      body,
    })
    return {
      status: answer.status,
      bytes: await answer.text(),
      replayed: answer.headers.get('idempotent-replayed'),
    }
  }
  const balance = async (accountId: string): Promise<number> =>
    (await creditsOf(folder.dataDir, accountId)).posted

  it('OpenAI’s: twins at once and later ones are one charge, and get the same bytes', async () => {
    const { apiKey, accountId } = await newAccount(folder.dataDir, 10)
    const ask = () =>
      post(apiKey, '/v1/audio/transcriptions', 'one', form(recording(1), { model: 'whisper-1' }))
    const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()]
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]))
    expect(new Set(answers.map((a) => a.bytes)).size).toBe(1)
    expect(JSON.parse(answers[0]!.bytes)).toMatchObject({ text: text(1) })
    expect(answers.filter((a) => a.replayed === null)).toHaveLength(1)
    expect(await balance(accountId)).toBe(9)
  })

  it.each([
    ['another file', () => form(recording(2), { model: 'whisper-1' })],
    ['another field', () => form(recording(1), { model: 'whisper-1', language: 'en' })],
    ['another name', () => form(recording(3), { model: 'whisper-1' }, 'other.wav')],
  ])('OpenAI’s: %s under the same key is a conflict, which the SDKs do not repeat', async (_what, other) => {
    const { apiKey, accountId } = await newAccount(folder.dataDir, 10)
    const path = '/v1/audio/transcriptions'
    await post(apiKey, path, 'k', form(recording(1), { model: 'whisper-1' }))
    const refused = await fetch(server.origin + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': 'k' },
      body: other(),
    })
    expect(refused.status).toBe(409)
    expect(refused.headers.get('x-should-retry')).toBe('false')
    expect(await balance(accountId)).toBe(9)
    const { items } = (await nativeClient(server.origin, apiKey).call<{ items: unknown[] }>('GET', '/media'))
      .body
    expect(items).toHaveLength(1)
  })

  it('Soku’s: the same file is replayed, another is a conflict and does not stay', async () => {
    const { apiKey } = await newAccount(folder.dataDir, 10)
    const first = await post(apiKey, '/v1/media', 'k', form(recording(1)))
    const again = await post(apiKey, '/v1/media', 'k', form(recording(1)))
    const other = await post(apiKey, '/v1/media', 'k', form(recording(2)))
    expect(again).toEqual({ ...first, replayed: 'true' })
    expect(other.status).toBe(409)
    const { items } = (await nativeClient(server.origin, apiKey).call<{ items: unknown[] }>('GET', '/media'))
      .body
    expect(items).toHaveLength(1)
  })

  it('a key beyond ASCII counts by its characters', async () => {
    const { apiKey } = await newAccount(folder.dataDir, 10)
    const body = JSON.stringify({ plan: 'pro' })
    const ask = async (key: string) => {
      const connection = rawConnection(server.origin)
      connection.send(
        `POST /v1/checkout HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${apiKey}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${body.length}\r\nIdempotency-Key: `,
        Buffer.from(key),
        `\r\n\r\n${body}`,
      )
      const answer = await connection.answer()
      connection.socket.destroy()
      return answer
    }
    const [first, again] = [await ask('ключ'.repeat(60)), await ask(`"${'ключ'.repeat(60)}"`)]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toBe(first.body)
    expect(again.head).toMatch(/^idempotent-replayed: true$/im)
    expect((await ask('ключ'.repeat(70))).status).toBe(400)
  })

  it('a purchase is begun once', async () => {
    const { apiKey } = await newAccount(folder.dataDir, 10)
    const client = nativeClient(server.origin, apiKey)
    const buy = () =>
      client.call<CheckoutReply>('POST', '/checkout', { plan: 'pro' }, { 'idempotency-key': 'b' })
    const bought = await Promise.all([buy(), buy()])
    expect(bought[0]!.body.id).toBe(bought[1]!.body.id)
    expect((await client.call<{ items: unknown[] }>('GET', '/purchases')).body.items).toHaveLength(1)
  })
})

describe('an engine that takes its time', () => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let engine: TranscriptionDouble
  let server: TestServer
  beforeAll(async () => {
    folder = await testFolder()
    engine = await startTranscriptionDouble()
    server = await startServer(folder.dataDir, {
      EARSHOT_ENGINE_URL: engine.url,
      EARSHOT_ENGINE_SPLITTER: 'fixed',
      EARSHOT_REQUEST_TIMEOUT: '3',
    })
  })
  afterAll(async () => {
    await server?.stop()
    await engine?.close()
    await folder?.remove()
  })

  const posted = async (accountId: string): Promise<number> =>
    (await creditsOf(folder.dataDir, accountId)).posted

  it('an SDK’s call whose time-out is too short tries again, joins its own work, and costs once', async () => {
    const { apiKey, accountId } = await newAccount(folder.dataDir, 10)
    const open = engine.hold(0)
    let tries = 0
    const client = new OpenAI({
      apiKey,
      baseURL: `${server.origin}/v1`,
      timeout: 1000,
      maxRetries: 20,
      fetch: (url, init) => {
        if (++tries === 3) open()
        return fetch(url, init)
      },
    })
    const file = await toFile(recording(4), 'talk.wav')
    const answer = await client.audio.transcriptions.create({ file, model: 'whisper-1' })
    expect(answer.text).toBe(text(4))
    expect(tries).toBeGreaterThanOrEqual(3)
    expect(await posted(accountId)).toBe(9)
    // The next call is another one.
    await client.audio.transcriptions.create({ file, model: 'whisper-1' })
    expect(await posted(accountId)).toBe(8)
  })

  it('an SDK’s further try after a failure begins anew', async () => {
    const { apiKey, accountId } = await newAccount(folder.dataDir, 10)
    engine.next = Array.from({ length: 2 }, () => ({ status: 400, body: '{}' }))
    const client = new OpenAI({ apiKey, baseURL: `${server.origin}/v1`, maxRetries: 2 })
    const file = await toFile(recording(5), 'talk.wav')
    const answer = await client.audio.transcriptions.create({ file, model: 'whisper-1' })
    expect(answer.text).toBe(text(5))
    expect(await posted(accountId)).toBe(9)
  })

  it('at the end of a request’s time the work goes on: 504, do not repeat, and the id to come back to', async () => {
    const { apiKey, accountId } = await newAccount(folder.dataDir, 10)
    const open = engine.hold(0)
    const client = new OpenAI({ apiKey, baseURL: `${server.origin}/v1` })
    const file = await toFile(recording(6), 'talk.wav')
    const ask = () =>
      client.audio.transcriptions.create(
        { file, model: 'whisper-1' },
        { headers: { 'idempotency-key': 'long' } },
      )
    const late = await ask().catch((cause: unknown) => cause)
    if (!(late instanceof APIError)) throw new Error('there was an answer')
    expect(late).toMatchObject({ status: 504, code: 'transcription.under_way' })
    expect(late.headers.get('x-should-retry')).toBe('false')
    const { transcription_id: id } = late.error as { transcription_id: string }
    expect(late.headers.get('location')).toBe(`/v1/transcriptions/${id}`)
    open()
    const ended = await nativeClient(server.origin, apiKey).ended(id)
    expect(ended).toMatchObject({ state: 'succeeded', transcript: { text: text(6) } })
    expect((await ask()).text).toBe(text(6))
    expect(await posted(accountId)).toBe(9)
  })
})

it('a link through SoScripted’s door: JSON twins and events are one charge', async () => {
  const social = await startSocial()
  try {
    const { apiKey, accountId } = await newAccount(social.dataDir, 10)
    const ask = async (accept: string, url: string) => {
      const answer = await fetch(`${social.server.origin}/api/public/transcribe`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'link',
          accept,
        },
        body: JSON.stringify({ url }),
      })
      return { status: answer.status, text: await answer.text() }
    }
    const url = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    const [one, two, events] = await Promise.all([
      ask('application/json', url),
      ask('application/json', url),
      ask('text/event-stream', url),
    ])
    expect([one.status, two.status, events.status]).toEqual([200, 200, 200])
    expect(two.text).toBe(one.text)
    const { id } = JSON.parse(one.text) as TranscriptionReply
    expect(events.text).toContain(id)
    expect(await ask('application/json', 'https://www.youtube.com/watch?v=dQw4w9WgXcA')).toMatchObject({
      status: 409,
    })
    expect(await creditsOf(social.dataDir, accountId)).toMatchObject({ posted: 9 })
  } finally {
    await social.close()
  }
})
