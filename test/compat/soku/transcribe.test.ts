/** `POST /v1/ai/transcribe`, row by row of the API's documentation; the names of the tests quote it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaReply } from '../../../src/contract/soku.ts'
import { upload } from '../../support/client.ts'
import { sharedDatabase } from '../../support/postgres.ts'
import {
  creditsOf,
  earshot,
  newAccount,
  startServer,
  type TestServer,
  testFolder,
} from '../../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../../support/tone.ts'

const SECONDS = 8
const words = toneProgramme(11, SECONDS)
const text = words.map((w) => w.word).join(' ')
const recording = new Uint8Array(wav(toneAudio(words, SECONDS)))
const PATH = '/v1/ai/transcribe'

interface Account {
  accountId: string
  apiKey: string
}

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let account: Account
let media: MediaReply

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  account = await newAccount(folder.dataDir)
  media = (await upload(server.origin, account.apiKey, recording)).body
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const send = (
  body: unknown,
  headers: Record<string, string> = { 'soku-api-key': account.apiKey },
  origin = server.origin,
): Promise<Response> =>
  fetch(`${origin}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const TYPES: Record<number, string> = {
  401: 'authentication_error',
  403: 'authentication_error',
  500: 'api_error',
}

/** Status and code as documented, and the whole envelope. */
async function expectError(
  answer: Response,
  status: number,
  code: string,
  rest: { message?: string | RegExp; details?: Record<string, unknown> } = {},
): Promise<void> {
  const body = (await answer.json()) as { error: Record<string, unknown> }
  expect({ status: answer.status, ...body }).toMatchObject({ status, error: { code } })
  expect(Object.keys(body)).toEqual(['error'])
  const { error } = body
  expect(Object.keys(error).sort()).toEqual(
    ['code', 'details', 'message', 'requestId', 'timestamp', 'type'].sort(),
  )
  expect(error.type).toBe(TYPES[status] ?? 'invalid_request_error')
  expect(error.requestId).toMatch(/^req_\w+$/)
  expect(error.requestId).toBe(answer.headers.get('x-request-id'))
  expect(new Date(error.timestamp as string).toISOString()).toBe(error.timestamp)
  if (typeof rest.message === 'string') expect(error.message).toBe(rest.message)
  if (rest.message instanceof RegExp) expect(error.message).toMatch(rest.message)
  if (rest.details) expect(error.details).toMatchObject(rest.details)
}

const cli = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await earshot(folder.dataDir, args)
  if (code !== 0) throw new Error(stderr)
  return stdout
}

describe('Response: Status: 200 OK', () => {
  it('jobId, transcript, creditsDebited, likelyLyrics; and nothing else', async () => {
    const answer = await send({ mediaId: media.mediaId, language: 'en', model: 'whisper-1' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    const body = (await answer.json()) as Record<string, unknown>
    expect(body).toEqual({
      jobId: expect.stringMatching(/^tj_[\w-]+$/),
      transcript: text,
      creditsDebited: 1,
      likelyLyrics: expect.any(Boolean),
    })
  })

  it('Basic, idempotent and estimated: the documented examples as they are printed', async () => {
    for (const [body, headers] of [
      [{ language: 'en', model: 'whisper-1' }, {}],
      [
        { language: 'en', model: 'whisper-1', durationSeconds: 120 },
        { 'Idempotency-Key': 'unique-request-id-abc123' },
      ],
      [{ language: 'es', model: 'whisper-1', durationSeconds: 300 }, {}],
    ] as const) {
      const answer = await send(
        { mediaId: media.mediaId, ...body },
        { 'soku-api-key': account.apiKey, ...headers },
      )
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ transcript: text, creditsDebited: 1 })
    }
  })
})

describe('Idempotency', () => {
  it('Both requests return the same result; credits are only charged once; a response header, not in the JSON body', async () => {
    const own = await newAccount(folder.dataDir, 5)
    const { mediaId } = (await upload(server.origin, own.apiKey, recording)).body
    const key = '550e8400-e29b-41d4-a716-446655440000'
    const ask = () => send({ mediaId }, { 'soku-api-key': own.apiKey, 'Idempotency-Key': key })
    const [first, again] = [await ask(), await ask()]
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.headers.get('idempotency-key')).toBe(key)
    const bytes = await first.text()
    expect(await again.text()).toBe(bytes)
    expect(bytes).not.toContain(key)
    expect(JSON.parse(await cli('credits', 'balance', own.accountId))).toMatchObject({ posted: 4 })
  })
})

describe('Request Body', () => {
  it.each([
    ['mediaId', 'required', { mediaId: undefined }],
    ['mediaId', 'invalid', { mediaId: 7 }],
    ['mediaId', 'invalid', { mediaId: '' }],
    ['language', 'invalid', { language: 'english' }],
    ['language', 'invalid', { language: 'xx' }],
    ['language', 'invalid', { language: 7 }],
    ['model', 'unsupported', { model: 'whisper-9' }],
    ['model', 'invalid', { model: 1 }],
    ['durationSeconds', 'invalid', { durationSeconds: 0 }],
    ['durationSeconds', 'invalid', { durationSeconds: -3 }],
    ['durationSeconds', 'invalid', { durationSeconds: '120' }],
    ['languge', 'unknown', { languge: 'en' }],
  ])(
    '400 | validation_error | Missing or invalid mediaId or other fields: %s %s',
    async (field, reason, body) => {
      const answer = await send({ mediaId: media.mediaId, ...body })
      await expectError(answer, 400, 'validation_error', { details: { field, reason } })
    },
  )

  it.each([
    ['', 'application/json'],
    ['{"mediaId":', 'application/json'],
    ['[]', 'application/json'],
    ['mediaId=x', 'application/x-www-form-urlencoded'],
  ])('Content-Type | Yes | Must be application/json: %j as %s is 400', async (body, contentType) => {
    const answer = await send(body, { 'soku-api-key': account.apiKey, 'content-type': contentType })
    await expectError(answer, 400, 'validation_error')
  })

  it('JSON that nobody calls JSON, as `fetch` sends it, is refused for that', async () => {
    const body = JSON.stringify({ mediaId: media.mediaId })
    const answer = await send(body, {
      'soku-api-key': account.apiKey,
      'content-type': 'text/plain;charset=UTF-8',
    })
    await expectError(answer, 400, 'validation_error', {
      message: 'Send JSON, with the header “Content-Type: application/json”.',
    })
  })

  it('null is as good as leaving out what is optional', async () => {
    const body = { mediaId: media.mediaId, language: null, model: null, durationSeconds: null }
    expect((await send(body)).status).toBe(200)
  })

  it.each(['en', 'es', 'fr', 'zu'])('language | ISO 639-1 code: %s', async (language) => {
    expect((await send({ mediaId: media.mediaId, language })).status).toBe(200)
  })
})

describe('401 | unauthorized | Missing or invalid API key', () => {
  it('no header', async () => {
    await expectError(await send({ mediaId: media.mediaId }, {}), 401, 'unauthorized', {
      message: 'Missing or invalid soku-api-key',
    })
  })

  it('Authorization: Bearer is not for this endpoint, and the message says so', async () => {
    const answer = await send({ mediaId: media.mediaId }, { authorization: `Bearer ${account.apiKey}` })
    await expectError(answer, 401, 'unauthorized', { message: /soku-api-key header, not in Authorization/ })
  })

  it('an unknown key', async () => {
    const answer = await send({ mediaId: media.mediaId }, { 'soku-api-key': 'sk_live_0123456789abcdef' })
    await expectError(answer, 401, 'unauthorized', { message: 'Invalid API key' })
  })

  it('a revoked key, at once', async () => {
    const { keyId, apiKey } = JSON.parse(await cli('keys', 'create', '--account', account.accountId)) as {
      keyId: string
      apiKey: string
    }
    expect((await send({ mediaId: media.mediaId }, { 'soku-api-key': apiKey })).status).toBe(200)
    await cli('keys', 'revoke', keyId)
    const answer = await send({ mediaId: media.mediaId }, { 'soku-api-key': apiKey })
    await expectError(answer, 401, 'unauthorized', { message: 'API key revoked' })
  })
})

describe('402 | insufficient_credits', () => {
  const MESSAGE =
    'Your account does not have enough AI credits to complete this transcription. ' +
    'Estimated cost: 15 credits. Current balance: 3 credits.'

  it('durationSeconds | estimate credit cost before processing; nothing is held or charged', async () => {
    const poor = await newAccount(folder.dataDir, 3)
    const { mediaId } = (await upload(server.origin, poor.apiKey, recording)).body
    const answer = await send({ mediaId, durationSeconds: 900 }, { 'soku-api-key': poor.apiKey })
    await expectError(answer, 402, 'insufficient_credits', {
      message: MESSAGE,
      details: { estimatedCost: 15, currentBalance: 3 },
    })
    expect(JSON.parse(await cli('credits', 'balance', poor.accountId))).toMatchObject({ available: 3 })
  })

  it('without durationSeconds, by the measured length', async () => {
    const poor = await newAccount(folder.dataDir, 0)
    const { mediaId } = (await upload(server.origin, poor.apiKey, recording)).body
    const answer = await send({ mediaId }, { 'soku-api-key': poor.apiKey })
    await expectError(answer, 402, 'insufficient_credits', {
      details: { estimatedCost: 1, currentBalance: 0 },
    })
  })

  it('the real length is debited, whatever durationSeconds said', async () => {
    const rich = await newAccount(folder.dataDir, 20)
    const { mediaId } = (await upload(server.origin, rich.apiKey, recording)).body
    const answer = await send({ mediaId, durationSeconds: 900 }, { 'soku-api-key': rich.apiKey })
    expect(await answer.json()).toMatchObject({ creditsDebited: 1 })
    expect(JSON.parse(await cli('credits', 'balance', rich.accountId))).toEqual({
      posted: 19,
      pending: 0,
      available: 19,
    })
  })
})

describe('403 | forbidden | Subscription is not active', () => {
  it.each([
    ['none', ['--status', 'none'], 'Subscription required'],
    ['canceled', ['--status', 'canceled'], 'Subscription inactive or expired'],
    ['past_due', ['--status', 'past_due'], 'Subscription inactive or expired'],
    ['unpaid', ['--status', 'unpaid'], 'Subscription inactive or expired'],
    ['active, its period over', ['--period-end', '2020-01-01T00:00:00Z'], 'Subscription inactive or expired'],
  ])('%s', async (_, change, message) => {
    const other = await newAccount(folder.dataDir)
    await cli('accounts', 'subscription', other.accountId, ...change)
    const answer = await send({ mediaId: media.mediaId }, { 'soku-api-key': other.apiKey })
    await expectError(answer, 403, 'forbidden', { message })
  })

  it('An active Soku subscription (trialing or active) is required: trialing will do', async () => {
    const other = await newAccount(folder.dataDir)
    await cli('accounts', 'subscription', other.accountId, '--status', 'trialing')
    const answer = await send({ mediaId: 'media_none' }, { 'soku-api-key': other.apiKey })
    expect(answer.status).toBe(404)
  })
})

describe('404 | not_found | The specified mediaId does not exist in your media library', () => {
  it('no such media', async () => {
    await expectError(await send({ mediaId: 'media_f7e8d9c0b3c4' }), 404, 'not_found')
  })

  it('somebody else’s media', async () => {
    const other = await newAccount(folder.dataDir)
    const answer = await send({ mediaId: media.mediaId }, { 'soku-api-key': other.apiKey })
    await expectError(answer, 404, 'not_found')
  })
})

describe('409 | idempotency_conflict | Same idempotency key used with a different request body', () => {
  it('and the header comes back', async () => {
    const headers = { 'soku-api-key': account.apiKey, 'idempotency-key': 'conflict-1' }
    expect((await send({ mediaId: media.mediaId }, headers)).status).toBe(200)
    const answer = await send({ mediaId: media.mediaId, language: 'en' }, headers)
    expect(answer.headers.get('idempotency-key')).toBe('conflict-1')
    await expectError(answer, 409, 'idempotency_conflict')
  })
})

describe('429 | rate_limit_exceeded | Too many requests', () => {
  it('10 requests per 60 seconds; what is refused costs nothing', async () => {
    const own = await testFolder()
    const limited = await startServer(own.dataDir, { EARSHOT_MODEL: own.model, EARSHOT_RATE_LIMITS: '' })
    try {
      const { apiKey, accountId } = await newAccount(own.dataDir)
      const { mediaId } = (await upload(limited.origin, apiKey, recording)).body
      const ask = () => send({ mediaId }, { 'soku-api-key': apiKey }, limited.origin)
      for (let n = 0; n < 10; n++) expect((await ask()).status).toBe(200)
      const refused = await ask()
      const retryAfter = Number(refused.headers.get('retry-after'))
      expect(retryAfter).toBeGreaterThan(0)
      expect(retryAfter).toBeLessThanOrEqual(61)
      await expectError(refused, 429, 'rate_limit_exceeded', { details: { retryAfter } })
      expect(await creditsOf(own.dataDir, accountId)).toMatchObject({ available: 990 })
    } finally {
      await limited.stop()
      await own.remove()
    }
  })
})

describe('500 | internal_error | An error occurred during transcription processing', () => {
  it('nobody does the work in time; nothing is charged', async () => {
    const own = await testFolder()
    const env = { DATABASE_URL: await sharedDatabase(), EARSHOT_REQUEST_TIMEOUT: '1' }
    const api = await startServer(own.dataDir, env, 'api')
    try {
      const { apiKey, accountId } = await newAccount(own.dataDir, 5, env)
      const { mediaId } = (await upload(api.origin, apiKey, recording)).body
      const answer = await send({ mediaId }, { 'soku-api-key': apiKey }, api.origin)
      await expectError(answer, 500, 'internal_error')
      expect(await creditsOf(own.dataDir, accountId, env)).toEqual({ posted: 5, pending: 0, available: 5 })
    } finally {
      await api.stop()
      await own.remove()
    }
  })
})
