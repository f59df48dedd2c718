/** `EARSHOT_ENGINE_URL`: another server recognises, and the whole program stands what it does wrong. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
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

const transcribed = (seed: number, seconds: number, wishes: object = {}): Promise<TranscriptionReply> =>
  transcribedFile(wav(toneAudio(toneProgramme(seed, seconds), seconds)), wishes)

async function transcribedFile(file: Buffer, wishes: object): Promise<TranscriptionReply> {
  const { mediaId } = (await upload(server.origin, apiKey, new Uint8Array(file))).body
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

describe('what the engine tells reaches who asked', () => {
  const words = [
    { word: 'Good', start: 0.5, end: 0.8, probability: 0.75 },
    { word: 'day.', start: 0.9, end: 1.2, probability: 0.5 },
    { word: 'Bye.', start: 1.9, end: 2.1, probability: 0.25 },
  ]
  const told = { avg_logprob: -0.25, no_speech_prob: 0.125, compression_ratio: 1.25, temperature: 0.2 }
  const text = 'Good day. Bye.'
  const body = { text, words, segments: [{ start: 0.5, end: 2.1, text, ...told, tokens: [50, 51, 52] }] }
  // From the first moment on, so that times of the part are times of the recording.
  const tones = Array.from({ length: 8 }, (_, k) => ({ word: 'three' as const, at: 0.02 + k * 0.35 }))
  const sound = wav(toneAudio(tones, 3))
  beforeEach(() => {
    double.rule = () => ({ status: 200, body: JSON.stringify(body) })
  })

  it('in the native API: probabilities of words', async () => {
    const { transcript } = await transcribedFile(sound, {})
    expect(transcript!.segments).toEqual([
      { start: 0.5, end: 1.2, text: 'Good day.', words: words.slice(0, 2) },
      { start: 1.9, end: 2.1, text: 'Bye.', words: words.slice(2) },
    ])
  })

  it('in OpenAI’s: measures of segments, and what was asked for reaches the engine', async () => {
    const form = new FormData()
    form.append('file', new Blob([new Uint8Array(sound)]), 'talk.wav')
    form.append('response_format', 'verbose_json')
    for (const [name, value] of [
      ['model', 'whisper-1'],
      ['temperature', '0.4'],
      ['prompt', 'A talk.'],
      ['keywords[]', 'Zofingen'],
      ['keywords[]', 'Grüezi'],
    ] as const)
      form.append(name, value)
    const answer = await fetch(`${server.origin}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body: form,
    })
    const { segments } = (await answer.json()) as { segments: object[] }
    expect(segments).toMatchObject([
      { text: ' Good day.', ...told },
      { text: ' Bye.', ...told },
    ])
    expect(double.asked.at(-1)!.fields).toMatchObject({
      temperature: ['0.4'],
      prompt: ['A talk. Zofingen, Grüezi'],
    })
  })

  it('on the command line: words with their probabilities', async () => {
    const path = join(folder.dataDir, 'talk.wav')
    await writeFile(path, sound)
    const { stdout } = await earshot(folder.dataDir, ['transcribe', path, '--format', 'json'], env)
    expect(JSON.parse(stdout)).toMatchObject({ text, words, segments: [{}, {}] })
  })
})

it('keywords and temperature of the native API go along as well', async () => {
  await transcribed(15, 3, { keywords: ['Grüezi', 'Grüezi', 'Zofingen'], temperature: 0.2 })
  expect(double.asked.at(-1)!.fields).toMatchObject({ prompt: ['Grüezi, Zofingen'], temperature: ['0.2'] })
  const { status } = await client.call('POST', '/transcriptions', { mediaId: 'x', temperature: 2 })
  expect(status).toBe(400)
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
