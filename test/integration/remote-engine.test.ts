/** `EARSHOT_ENGINE_URL`: another server recognises, and the whole program stands what it does wrong. */
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import {
  type Asked,
  type Behaviour,
  startTranscriptionDouble,
  type TranscriptionDouble,
} from '../support/transcription-double.ts'

const KEY = 'sk-the-operators-own'
let folder: Awaited<ReturnType<typeof testFolder>>
let double: TranscriptionDouble
let server: TestServer
let apiKey: string
let client: NativeClient
let env: Record<string, string>

beforeAll(async () => {
  folder = await testFolder()
  double = await startTranscriptionDouble(KEY)
  env = {
    EARSHOT_ENGINE_URL: double.url,
    EARSHOT_ENGINE_KEY: KEY,
    EARSHOT_ENGINE_MODEL: 'whisper-large-v3',
    EARSHOT_ENGINE_SPLITTER: 'energy',
    EARSHOT_ENGINE_TIMEOUT: '1',
    EARSHOT_SLOTS: '3',
  }
  server = await startServer(folder.dataDir, env)
  apiKey = (await newAccount(folder.dataDir, 1000)).apiKey
  client = nativeClient(server.origin, apiKey)
})
afterEach(() => {
  double.rule = undefined
})
afterAll(async () => {
  await server?.stop()
  await double?.close()
  await folder?.remove()
})

async function transcribed(seed: number, seconds: number, wishes: object = {}): Promise<TranscriptionReply> {
  const file = new Uint8Array(wav(toneAudio(toneProgramme(seed, seconds), seconds)))
  const { mediaId } = (await upload(server.origin, apiKey, file)).body
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId, ...wishes })
  return client.ended(body.id)
}

const BEHAVIOURS: Behaviour[] = [
  { status: 500, body: 'oops' },
  { status: 429, headers: { 'retry-after': '0' }, body: '{"error": {"code": "rate_limit_exceeded"}}' },
  'hang',
  'hang in the middle',
  'cut off',
  'reset',
  { status: 200, body: '{"text": ' },
  { status: 200, body: '{"message": "ok"}' },
  { status: 503, headers: { 'content-type': 'text/html' }, body: '<h1>Service Unavailable</h1>' },
]

it('every part goes wrong once, and no word is lost, doubled or late', async () => {
  const failed = new Set<number>()
  double.rule = ({ length }: Asked) => {
    if (failed.has(length)) return undefined
    failed.add(length)
    return BEHAVIOURS[(failed.size - 1) % BEHAVIOURS.length]
  }
  const words = toneProgramme(11, 260)
  const done = await transcribed(11, 260)
  expect(failed.size).toBeGreaterThanOrEqual(BEHAVIOURS.length)
  expect(done).toMatchObject({ state: 'succeeded', modelUsed: 'whisper-large-v3', creditsDebited: 5 })
  const heard = done.transcript!.segments.flatMap((s) => s.words ?? [])
  expect(heard.map(({ word }) => word)).toEqual(words.map(({ word }) => word))
  const late = heard.filter(({ start }, i) => Math.abs(start - words[i]!.at) > 0.1)
  expect(late).toEqual([])
  expect(done.detectedLanguage).toBe('en')
  expect(double.most).toBe(3)
})

describe('an end that is none of the recording’s fault costs nothing', () => {
  it.each<[string, Behaviour, string]>([
    [
      'the key is refused',
      { status: 401, body: `{"error": {"code": "no", "message": "${KEY}"}}` },
      'engine.unavailable',
    ],
    [
      'it wants an hour of rest',
      { status: 429, headers: { 'retry-after': '3600' }, body: '' },
      'engine.unavailable',
    ],
    ['it refuses the audio', { status: 415, body: '' }, 'engine.failed'],
  ])('%s', async (_, behaviour, code) => {
    double.rule = () => behaviour
    const done = await transcribed(12, 5)
    expect(done).toMatchObject({ state: 'failed', creditsDebited: 0, error: { code } })
    expect(JSON.stringify(done)).not.toContain(KEY)
  })
})

it('a hint goes along with every part', async () => {
  const before = double.asked.length
  await transcribed(13, 40, { prompt: 'Zofingen, Grüezi' })
  const prompts = double.asked.slice(before).map(({ fields }) => fields.prompt)
  expect(prompts.length).toBeGreaterThan(1)
  expect(new Set(prompts.flat())).toEqual(new Set(['Zofingen, Grüezi']))
})

it('the capabilities are those of the server’s model', async () => {
  const { body } = await client.call<{ models: object[] }>('GET', '/capabilities')
  expect(body.models).toMatchObject([{ name: 'whisper-large-v3', standIn: false, translates: true }])
})

it('/readyz and doctor ask the server', async () => {
  expect((await fetch(`${server.origin}/readyz`)).status).toBe(200)
  const { stdout } = await earshot(folder.dataDir, ['doctor'], env)
  expect(stdout).toContain(`whisper-large-v3 of the server ${new URL(double.url).host}, which answers`)
})

it('starts without the server, and says that it is not there', async () => {
  const own = await testFolder()
  const alone = await startServer(own.dataDir, { ...env, EARSHOT_ENGINE_URL: 'http://127.0.0.1:1' })
  onTestFinished(async () => {
    await alone.stop()
    await own.remove()
  })
  const ready = await fetch(`${alone.origin}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({
    ready: false,
    checks: { database: 'ok', engine: expect.stringContaining('127.0.0.1:1') },
  })
})

it('the key is in no log', () => {
  expect(server.output()).toMatch(/HTTP 500/)
  expect(server.output()).not.toContain(KEY)
})
