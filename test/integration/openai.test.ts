/** OpenAI's audio API, as its own client library and a plain form speak it. */
import { readFile } from 'node:fs/promises'
import OpenAI, { APIError, toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeMedia, scratch } from '../support/media.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'

const SECONDS = 25
const words = toneProgramme(4, SECONDS)
const text = words.map((w) => w.word).join(' ')

let folder: Awaited<ReturnType<typeof testFolder>>
let files: Awaited<ReturnType<typeof scratch>>
let server: TestServer
let apiKey: string
let client: OpenAI
let recording: Buffer<ArrayBuffer>

beforeAll(async () => {
  folder = await testFolder()
  files = await scratch()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '2' })
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = clientOf(apiKey)
  const path = await makeMedia(files.dir, toneAudio(words, SECONDS), { format: 'flac' })
  recording = Buffer.from(await readFile(path))
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
  await files?.dispose()
})

const clientOf = (key: string): OpenAI =>
  new OpenAI({ apiKey: key, baseURL: `${server.origin}/v1`, maxRetries: 0 })
const file = () => toFile(recording, 'talk.flac')

async function refused(request: Promise<unknown>): Promise<APIError> {
  const error = await request.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(error instanceof APIError)) throw new Error('the request was not refused', { cause: error })
  return error
}

/** As curl -F sends it, field by field in this order. */
async function post(fields: [string, string | Blob][], path = 'transcriptions'): Promise<Response> {
  const form = new FormData()
  for (const [name, value] of fields) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, value, 'talk.flac')
  }
  return fetch(`${server.origin}/v1/audio/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}` },
    body: form,
  })
}

it.each([
  ['response_format', 'whisper-1', 'diarized_json'],
  ['model', 'gpt-4o-transcribe-diarize', 'json'],
] as const)(
  '%s asks for speakers that nobody here tells apart, and is named',
  async (param, model, format) => {
    const asked = client.audio.transcriptions.create({ file: await file(), model, response_format: format })
    expect(await refused(asked.then((answer) => answer))).toMatchObject({
      status: 400,
      code: 'model.no_speakers',
      param,
    })
  },
)

it('POST /v1/audio/translations: refused where the model cannot translate', async () => {
  const error = await refused(
    client.audio.translations
      .create({ file: await file(), model: 'whisper-1' })
      .then((answer) => answer.text),
  )
  expect(error.status).toBe(400)
  expect(error).toMatchObject({ code: 'model.no_translation', param: 'model' })
})

describe('POST /v1/audio/transcriptions', () => {
  it.each([
    ['a link that is no post', 'https://www.tiktok.com/@someone'],
    ['no address', 'talk.flac'],
  ])('%s: the request is wrong, and the server is not', async (_, url) => {
    const answer = await post([
      ['model', 'whisper-1'],
      ['url', url],
    ])
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error: { type: 'invalid_request_error', param: 'url' } })
  })

  it('json: the text, and the seconds that were used', async () => {
    const answer = await client.audio.transcriptions.create({ file: await file(), model: 'whisper-1' })
    expect(answer).toEqual({ text, usage: { type: 'duration', seconds: SECONDS } })
  })

  it('verbose_json: segments and words at their times', async () => {
    const answer = await client.audio.transcriptions.create({
      file: await file(),
      model: 'whisper-1',
      language: 'en',
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    })
    expect(answer).toMatchObject({ task: 'transcribe', language: 'english', duration: SECONDS, text })
    expect(answer.words?.map((w) => w.word)).toEqual(words.map((w) => w.word))
    answer.words?.forEach((w, k) => {
      expect(Math.abs(w.start - words[k]!.at)).toBeLessThan(0.06)
    })
    expect(answer.segments?.map((s) => s.text.trim()).join(' ')).toBe(text)
    expect(answer.segments?.map((s) => s.id)).toEqual(answer.segments?.map((_, k) => k))
  })

  it('verbose_json with words alone has no segments', async () => {
    const answer = await client.audio.transcriptions.create({
      file: await file(),
      model: 'whisper-1',
      response_format: 'verbose_json',
      timestamp_granularities: ['word'],
    })
    expect(answer.segments).toBeUndefined()
    expect(answer.words).toHaveLength(words.length)
  })

  it.each([
    ['text', /^\w+ \w+ /],
    ['srt', /^1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n\w/],
    ['vtt', /^WEBVTT\n\n00:00:\d\d\.\d{3} --> 00:00:\d\d\.\d{3}\n\w/],
  ])('%s is plain text', async (format, shape) => {
    const answer = await post([
      ['file', new Blob([recording])],
      ['model', 'whisper-1'],
      ['response_format', format],
    ])
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const body = await answer.text()
    expect(body).toMatch(shape)
    const spoken = body.split(/\s+/).filter((word) => words.some((w) => w.word === word))
    expect(spoken.join(' ')).toBe(text)
  })

  it('takes the fields before the file as well', async () => {
    const answer = await post([
      ['model', 'whisper-1'],
      ['temperature', '0'],
      ['prompt', 'tones'],
      ['file', new Blob([recording])],
    ])
    expect(await answer.json()).toMatchObject({ text })
  })

  it('charges what the length costs, once for each request', async () => {
    const account = await newAccount(folder.dataDir, 2)
    const own = clientOf(account.apiKey)
    for (const _ of [1, 2]) await own.audio.transcriptions.create({ file: await file(), model: 'whisper-1' })
    const broke = await refused(own.audio.transcriptions.create({ file: await file(), model: 'whisper-1' }))
    expect(broke).toMatchObject({ status: 429, code: 'insufficient_quota', type: 'insufficient_quota' })
    expect(broke.headers?.get('x-should-retry')).toBe('false')
    expect((await earshot(folder.dataDir, ['credits', 'audit'])).code).toBe(0)
  })
})

describe('errors are OpenAI’s', () => {
  it('a wrong key', async () => {
    const error = await refused(clientOf('sk_live_wrong').models.list())
    expect(error).toMatchObject({ status: 401, code: 'invalid_api_key', type: 'invalid_request_error' })
  })

  it('no key', async () => {
    const answer = await fetch(`${server.origin}/v1/models`)
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code: 'invalid_api_key', param: null } })
  })

  it.each([
    ['GET', '/v1/audio/transcriptions', 405, 'takes POST, not GET.'],
    ['PUT', '/v1/models', 405, 'takes GET and HEAD, not PUT.'],
    ['POST', '/v1/audio/speech', 404, 'There is no POST /v1/audio/speech here.'],
    ['GET', '/openai/v1/nothing', 404, 'There is no GET /openai/v1/nothing here.'],
    ['GET', '/openai/v1/%zz', 400, 'percent-encoded'],
    ['GET', '/v1/models/%zz', 400, 'percent-encoded'],
  ])('%s %s: there is no such thing', async (method, path, status, words) => {
    const headers = { authorization: `Bearer ${apiKey}` }
    const answer = await fetch(server.origin + path, { method, headers })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toEqual({
      error: {
        message: expect.stringContaining(words),
        type: 'invalid_request_error',
        param: status === 400 ? 'path' : null,
        code: expect.stringMatching(/\w/),
      },
    })
  })

  it('an unknown model', async () => {
    const error = await refused(
      client.audio.transcriptions.create({ file: await file(), model: 'whisper-9' }),
    )
    expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' })
  })

  it.each([
    ['response_format', 'docx'],
    ['language', 'english'],
    ['temperature', '7'],
    ['timestamp_granularities[]', 'letter'],
  ])('a wrong %s', async (field, value) => {
    const answer = await post([
      ['file', new Blob([recording])],
      ['model', 'whisper-1'],
      [field, value],
    ])
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as { error: { type: string; param: string } }
    expect(error.type).toBe('invalid_request_error')
    expect(error.param).toMatch(new RegExp(`^${field.replace('[]', '\\[\\]')}`))
  })

  it('no file, or no model', async () => {
    for (const [missing, fields] of [
      ['file', [['model', 'whisper-1']]],
      ['model', [['file', new Blob([recording])]]],
    ] as [string, [string, string | Blob][]][]) {
      const answer = await post(fields)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ error: { param: missing, code: 'request.invalid' } })
    }
  })

  it('what is not media', async () => {
    const answer = await post([
      ['file', new Blob(['this is a letter'])],
      ['model', 'whisper-1'],
    ])
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({
      error: { code: 'media.not_media', type: 'invalid_request_error' },
    })
  })
})

describe('GET /v1/models', () => {
  it('lists what is installed, and whisper-1', async () => {
    const ids = (await client.models.list()).data.map((m) => m.id)
    expect(ids).toContain('whisper-1')
    for (const id of ids) expect(await client.models.retrieve(id)).toMatchObject({ id, object: 'model' })
    expect(await refused(client.models.retrieve('none'))).toMatchObject({ status: 404 })
  })
})
