/** Media from an address: through the guard, measured, and paid for by its real length. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ListMediaReply, TranscriptionReply } from '../../src/contract/native.ts'
import type { MediaReply } from '../../src/contract/soku.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 65
const words = toneProgramme(12, SECONDS)
const recording = wav(toneAudio(words, SECONDS))
const text = words.map((w) => w.word).join(' ')

/** The whole internet, as the guard is told to dial it. */
let internet: Server
let asked: string[]
let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient

beforeAll(async () => {
  internet = createServer((request, response) => {
    const url = `http://${request.headers.host}${request.url}`
    asked.push(url)
    const redirect = (location: string): void => void response.writeHead(302, { location }).end()
    switch (url) {
      case 'http://media.example/talk%20one.wav':
        return response.writeHead(200, { 'content-type': 'audio/wav' }).end(recording)
      case 'http://media.example/the%20same.wav':
        return response.writeHead(200, { 'content-type': 'audio/wav' }).end(recording)
      case 'http://media.example/moved':
        return redirect('http://other.example/there')
      case 'http://other.example/there':
        return redirect('http://media.example/talk%20one.wav')
      case 'http://media.example/inside':
        return redirect('http://169.254.169.254/latest/meta-data')
      case 'http://media.example/round':
        return redirect('http://media.example/round')
      case 'http://media.example/page':
        return response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>No</h1>')
      case 'http://media.example/letter':
        return response.writeHead(200, { 'content-type': 'application/octet-stream' }).end('Dear reader')
      case 'http://media.example/huge':
        return response.writeHead(200, { 'content-length': 1e10 }).flushHeaders()
      case 'http://media.example/broken':
        response.writeHead(200, { 'content-length': recording.length })
        response.write(recording.subarray(0, 100_000))
        return setImmediate(() => response.destroy())
      default:
        return response.writeHead(404).end()
    }
  })
  await new Promise<void>((done) => internet.listen(0, '127.0.0.1', done))
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_MAX_UPLOAD_MB: '100',
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${(internet.address() as AddressInfo).port}`,
  })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
  internet.closeAllConnections()
  internet.close()
})
beforeEach(async () => {
  asked = []
  apiKey = (await newAccount(folder.dataDir, 10)).apiKey
  client = nativeClient(server.origin, apiKey)
})

type Failed = { error: { code: string; message: string; details: { reasonCode: string } } }

/** Soku's own route, with Soku's header. */
async function importUrl<T = MediaReply>(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.origin}/v1/media`, {
    method: 'POST',
    headers: { 'soku-api-key': apiKey, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ url }),
  })
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as T }
}

describe('POST /v1/media with {url}', () => {
  it.each(['http://media.example/talk%20one.wav', 'http://media.example/moved'])('stores %s', async (url) => {
    const { status, body } = await importUrl(url)
    expect(status).toBe(201)
    expect(body).toMatchObject({
      filename: 'talk one.wav',
      contentType: 'audio/wav',
      bytes: recording.length,
      durationSeconds: SECONDS,
    })
    const content = await client.raw(`/media/${body.mediaId}/content`)
    expect(Buffer.from(await content.arrayBuffer()).equals(recording)).toBe(true)
  })

  it('fetches once for a request that is repeated, with a key or without', async () => {
    for (const headers of [{ 'idempotency-key': 'one' }, {}]) {
      asked = []
      const [first, again] = [
        await importUrl('http://media.example/talk%20one.wav', headers as Record<string, string>),
        await importUrl('http://media.example/talk%20one.wav', headers as Record<string, string>),
      ]
      expect(again.body).toEqual(first.body)
      expect(again.headers.get('idempotent-replayed')).toBe('true')
      expect(asked).toHaveLength(1)
    }
  })

  it.each([
    ['what is not there', 'http://media.example/none', 'upload_failed', /404/],
    ['a page', 'http://media.example/page', 'upload_failed', /text\/html/],
    ['a way into the network', 'http://media.example/inside', 'upload_failed', /not a public/],
    ['an address of the network', 'http://10.0.0.1/talk.wav', 'upload_failed', /not a public/],
    ['a name of the network', 'http://localhost/talk.wav', 'upload_failed', /fetched/],
    ['another port', 'http://media.example:22/talk.wav', 'upload_failed', /port/],
    ['a circle', 'http://media.example/round', 'upload_failed', /redirects/],
    ['another protocol', 'ftp://media.example/talk.wav', 'upload_failed', /only https: and http:/],
    ['what breaks off', 'http://media.example/broken', 'upload_failed', /connection/],
    ['what is too large', 'http://media.example/huge', 'payload_too_large', /larger/],
    ['what is not media', 'http://media.example/letter', 'validation_error', /./],
  ])('refuses %s, and keeps nothing of it', async (_, url, code, reason) => {
    const { status, body } = await importUrl<Failed>(url)
    expect({ status, code: body.error.code }).toEqual({
      status: code === 'payload_too_large' ? 413 : 400,
      code,
    })
    expect(body.error.message).toMatch(reason)
    expect((await client.call<ListMediaReply>('GET', '/media')).body.items).toEqual([])
  })
})

describe('the same bytes under two names', () => {
  const begin = (body: object) => client.call<TranscriptionReply>('POST', '/transcriptions', body)

  it('are called what each request calls them', async () => {
    const ids = await Promise.all(
      ['talk%20one', 'the%20same'].map(
        async (name) => (await begin({ url: `http://media.example/${name}.wav` })).body.id,
      ),
    )
    const ended = await Promise.all(ids.map((id) => client.ended(id)))
    expect(ended.map(({ title }) => title)).toEqual(['talk one.wav', 'the same.wav'])
    expect((await client.call<ListMediaReply>('GET', '/media')).body.items).toHaveLength(1)

    const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      url: 'http://media.example/the%20same.wav',
      title: 'My own',
    })
    expect((await client.ended(body.id)).title).toBe('My own')
  })

  it('sent into the library once more are one file, by its newest name', async () => {
    const first = await importUrl('http://media.example/talk%20one.wav')
    const second = await importUrl('http://media.example/the%20same.wav')
    expect(second.body).toMatchObject({ mediaId: first.body.mediaId, filename: 'the same.wav' })
    expect((await begin({ mediaId: first.body.mediaId })).body.title).toBe('the same.wav')
    const form = new FormData()
    form.append('file', new Blob([recording]), 'third.wav')
    const third = await fetch(`${server.origin}/v1/media`, {
      method: 'POST',
      headers: { 'soku-api-key': apiKey },
      body: form,
    })
    expect(await third.json()).toMatchObject({ mediaId: first.body.mediaId, filename: 'third.wav' })
  })

  it('through OpenAI’s door, under one key, are two requests: a conflict', async () => {
    const ask = (name: string, key: string): Promise<Response> => {
      const form = new FormData()
      form.append('model', 'whisper-1')
      form.append('file', new Blob([recording]), name)
      return fetch(`${server.origin}/v1/audio/transcriptions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'idempotency-key': key },
        body: form,
      })
    }
    expect((await ask('a.wav', 'a')).status).toBe(200)
    expect((await ask('b.wav', 'b')).status).toBe(200)
    expect((await ask('b.wav', 'a')).status).toBe(409)
    const { items } = (await client.call<{ items: TranscriptionReply[] }>('GET', '/transcriptions')).body
    expect(items.map(({ title }) => title).sort()).toEqual(['a.wav', 'b.wav'])
  })
})

describe('POST /v1/transcriptions with the address of a file', () => {
  it('fetches it, keeps it for playing, and charges its real length', async () => {
    const made = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      url: 'http://media.example/moved#t=10',
    })
    expect(made.status).toBe(202)
    const done = await client.ended(made.body.id)
    expect(done).toMatchObject({ state: 'succeeded', title: 'talk one.wav', creditsDebited: 2 })
    expect(done.transcript?.text).toBe(text)
    const { items } = (await client.call<ListMediaReply>('GET', '/media')).body
    expect(done.source).toEqual({
      kind: 'url',
      url: 'http://media.example/moved',
      mediaId: items[0]?.mediaId,
    })
    expect((await earshot(folder.dataDir, ['credits', 'audit'])).code).toBe(0)
  })

  it('fails for nothing where it cannot be fetched', async () => {
    const made = await client.call<TranscriptionReply>('POST', '/transcriptions', {
      url: 'http://media.example/none.mp3',
    })
    expect(await client.ended(made.body.id)).toMatchObject({
      state: 'failed',
      creditsDebited: 0,
      error: { code: 'media.download_failed', message: 'The address answered 404 instead of a file.' },
    })
  })

  it('fails for nothing where it turns out to cost more than there is', async () => {
    const poor = nativeClient(server.origin, (await newAccount(folder.dataDir, 1)).apiKey)
    const made = await poor.call<TranscriptionReply>('POST', '/transcriptions', {
      url: 'http://media.example/talk%20one.wav',
    })
    expect(await poor.ended(made.body.id)).toMatchObject({
      state: 'failed',
      creditsDebited: 0,
      error: { code: 'credits.insufficient', message: expect.stringMatching(/2 credits.*1 credit\b/) },
    })
    expect((await earshot(folder.dataDir, ['credits', 'audit'])).code).toBe(0)
  })
})
