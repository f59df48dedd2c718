/** What OpenAI's current clients may send to its audio API: streams, every field and spelling, names of models. */

import { join } from 'node:path'
import OpenAI, { APIError, toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListTranscriptionsReply } from '../../src/contract/native.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { writeVoiceModels } from '../support/voices.ts'

const SECONDS = 70
const words = toneProgramme(21, SECONDS)
const text = words.map((w) => w.word).join(' ')
const recording = wav(toneAudio(words, SECONDS))
const short = wav(
  toneAudio(
    [
      { word: 'one', at: 0.3 },
      { word: 'two', at: 0.8 },
    ],
    2,
  ),
)

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: OpenAI

beforeAll(async () => {
  folder = await testFolder()
  writeVoiceModels(join(folder.dataDir, 'models/diarization'))
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_MODEL_NAMES: 'scribe=model',
  })
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = new OpenAI({ apiKey, baseURL: `${server.origin}/v1`, maxRetries: 0 })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function post(fields: [string, string][]): Promise<{ status: number; headers: Headers; body: string }> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(short)]), 'talk.wav')
  form.append('model', 'whisper-1')
  for (const [name, value] of fields) form.append(name, value)
  const headers = { authorization: `Bearer ${apiKey}` }
  const answer = await fetch(`${server.origin}/v1/audio/transcriptions`, {
    method: 'POST',
    headers,
    body: form,
  })
  return { status: answer.status, headers: answer.headers, body: await answer.text() }
}

const jsonOf = (body: string) => JSON.parse(body) as Record<string, unknown> & { error: { param: string } }

describe('stream: true', () => {
  it.each(['gpt-4o-transcribe', 'whisper-1'])('sends the text of %s as it becomes known', async (model) => {
    const file = await toFile(recording, 'talk.wav')
    const events = []
    for await (const event of await client.audio.transcriptions.create({ file, model, stream: true }))
      events.push(event)
    const deltas = events.flatMap((e) => (e.type === 'transcript.text.delta' ? [e.delta] : []))
    expect(deltas.length).toBeGreaterThan(2)
    expect(deltas.join('')).toBe(text)
    expect(events.at(-1)).toEqual({
      type: 'transcript.text.done',
      text,
      usage: { type: 'duration', seconds: SECONDS },
    })
  })

  it('says who speaks at the end, where that was asked for', async () => {
    const file = await toFile(recording, 'talk.wav')
    const events = []
    for await (const event of await client.audio.transcriptions.create({
      file,
      model: 'gpt-4o-transcribe-diarize',
      response_format: 'diarized_json',
      chunking_strategy: 'auto',
      stream: true,
    }))
      events.push(event)
    const deltas = events.flatMap((e) => (e.type === 'transcript.text.delta' ? [e.delta] : []))
    expect(deltas.join('')).toBe(text)
    const segments = events.flatMap((e) => (e.type === 'transcript.text.segment' ? [e] : []))
    expect(segments.map((s) => s.text).join(' ')).toBe(text)
    for (const { speaker, start, end } of segments) {
      expect(speaker).toMatch(/^Speaker \d$/)
      expect(end).toBeGreaterThan(start)
    }
    expect(events.at(-1)).toMatchObject({ type: 'transcript.text.done', text })
  })

  it('what ends it on the way is thrown by the client', async () => {
    const long = await toFile(wav(toneAudio(toneProgramme(5, 900), 900)), 'long.wav')
    const native = nativeClient(server.origin, apiKey)
    const read = async (): Promise<void> => {
      const events = await client.audio.transcriptions.create({
        file: long,
        model: 'whisper-1',
        stream: true,
      })
      let begun = false
      for await (const { type } of events) {
        if (begun || type !== 'transcript.text.delta') continue
        begun = true
        const { body } = await native.call<ListTranscriptionsReply>('GET', '/transcriptions?limit=1')
        await native.call('DELETE', `/transcriptions/${body.items[0]!.id}`)
      }
    }
    const error = await read().catch((cause: unknown) => cause)
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ code: 'transcription.cancelled' })
  })

  it('under one Idempotency-Key costs once, and each sees all of it', async () => {
    const { accountId: _, apiKey: own } = await newAccount(folder.dataDir)
    const there = new OpenAI({ apiKey: own, baseURL: `${server.origin}/v1`, maxRetries: 0 })
    const said = async (): Promise<string> => {
      const file = await toFile(recording, 'talk.wav')
      const headers = { 'idempotency-key': 'the same' }
      let all = ''
      for await (const event of await there.audio.transcriptions.create(
        { file, model: 'whisper-1', stream: true },
        { headers },
      ))
        if (event.type === 'transcript.text.delta') all += event.delta
      return all
    }
    expect(await Promise.all([said(), said()])).toEqual([text, text])
    const { body } = await nativeClient(server.origin, own).call<ListTranscriptionsReply>(
      'GET',
      '/transcriptions',
    )
    expect(body.items).toHaveLength(1)
  })

  it('that its client cuts off goes on, is paid once, and is there whole under the same key', async () => {
    const { apiKey: own } = await newAccount(folder.dataDir)
    const there = new OpenAI({ apiKey: own, baseURL: `${server.origin}/v1`, maxRetries: 0 })
    const file = await toFile(recording, 'talk.wav')
    const ask = () =>
      there.audio.transcriptions.create(
        { file, model: 'whisper-1', stream: true },
        { headers: { 'idempotency-key': 'cut' } },
      )
    // What leaves the loop ends the connection.
    for await (const { type } of await ask()) if (type === 'transcript.text.delta') break
    let all = ''
    for await (const event of await ask()) if (event.type === 'transcript.text.delta') all += event.delta
    expect(all).toBe(text)
    const { items } = (
      await nativeClient(server.origin, own).call<ListTranscriptionsReply>('GET', '/transcriptions')
    ).body
    expect(items).toMatchObject([{ state: 'succeeded', creditsDebited: 2 }])
  })

  it('what is wrong from the start is an answer, not a stream', async () => {
    const { status, body } = await post([
      ['stream', 'true'],
      ['language', 'english'],
    ])
    expect(status).toBe(400)
    expect(jsonOf(body).error.param).toBe('language')
  })
})

describe('fields', () => {
  const verbose: [string, string] = ['response_format', 'verbose_json']

  it.each<[string, string]>([
    ['timestamp_granularities[]', 'word'],
    ['timestamp_granularities', 'word'],
    ['timestamp_granularities[0]', 'word'],
    ['timestamp_granularities', '["word"]'],
    ['timestamp_granularities[]', '["word", "segment"]'],
    ['timestamp_granularities', 'word,segment'],
  ])('%s=%s gives words', async (...field) => {
    const { status, body, headers } = await post([verbose, field])
    expect(status).toBe(200)
    expect((jsonOf(body).words as unknown[]).length).toBe(2)
    expect(headers.get('earshot-model')).toBe('model')
    expect(headers.get('x-request-id')).toMatch(/^req_/)
  })

  it('both spellings count together', async () => {
    const { body } = await post([
      verbose,
      ['timestamp_granularities', 'segment'],
      ['timestamp_granularities[]', 'word'],
    ])
    expect(jsonOf(body)).toMatchObject({ words: [{}, {}], segments: [{}] })
  })

  it.each<[string, string]>([
    ['language', ''],
    ['language', ' EN '],
    ['languages[]', 'en'],
    ['temperature', ''],
    ['response_format', ''],
    ['stream', ''],
    ['prompt', ' '],
    ['chunking_strategy', 'auto'],
    ['chunking_strategy', '{"type":"server_vad"}'],
    ['chunking_strategy[type]', 'server_vad'],
    ['keywords[]', 'Earshot'],
    ['something_new', 'of tomorrow'],
  ])('%s=“%s” is taken', async (...field) => {
    const { status, body } = await post([field])
    expect([status, jsonOf(body).text]).toEqual([200, 'one two'])
  })

  it.each<[string, string]>([
    ['known_speaker_names[]', 'Ann'],
    ['known_speaker_references[]', 'data:audio/wav;base64,AAAA'],
    ['chunking_strategy', '{"type":"server_vad","threshold":0.2}'],
    ['chunking_strategy[threshold]', '0.2'],
    ['languages[]', 'english'],
    ['include[]', 'usage'],
    ['timestamp_granularities[]', 'word'],
    ['response_format', 'JSON'],
    ['temperature', '1.5'],
    ['stream', 'maybe'],
    ['keywords[]', 'x'.repeat(101)],
  ])('%s=%s is refused by its name', async (...field) => {
    const { status, body } = await post([field])
    expect(status).toBe(400)
    expect(jsonOf(body).error).toMatchObject({ param: field[0], type: 'invalid_request_error' })
  })

  it.each<[string, [string, string][]]>([
    [
      'languages[]',
      [
        ['languages[]', 'en'],
        ['languages[]', 'es'],
      ],
    ],
    ['include[]', [verbose, ['include[]', 'logprobs']]],
    ['stream', [verbose, ['stream', 'true']]],
  ])('%s is refused beside what it contradicts', async (param, fields) => {
    const { status, body } = await post(fields)
    expect([status, jsonOf(body).error.param]).toEqual([400, param])
  })

  it('logprobs are a list, of what the engine tells', async () => {
    const { body } = await post([['include[]', 'logprobs']])
    expect(jsonOf(body).logprobs).toBeInstanceOf(Array)
  })
})

describe('models', () => {
  it.each([
    'gpt-4o-mini-transcribe-2025-12-15',
    'gpt-transcribe',
    'whisper-large-v3-turbo',
    'distil-whisper-large-v3-en',
    'Systran/faster-whisper-small',
    'scribe',
  ])('%s is served, and can be looked up', async (model) => {
    const file = await toFile(short, 'talk.wav')
    expect((await client.audio.transcriptions.create({ file, model })).text).toBe('one two')
    expect(await client.models.retrieve(model)).toMatchObject({ id: model, object: 'model' })
  })

  it('by an address without escapes as well', async () => {
    const headers = { authorization: `Bearer ${apiKey}` }
    const found = await fetch(`${server.origin}/v1/models/Systran/faster-whisper-tiny.en`, { headers })
    expect(await found.json()).toMatchObject({ id: 'Systran/faster-whisper-tiny.en' })
    expect((await fetch(`${server.origin}/v1/models/nobody/whisper`, { headers })).status).toBe(404)
  })

  it('lists what is here, the operator’s names and OpenAI’s', async () => {
    const ids = (await client.models.list()).data.map(({ id }) => id)
    expect(ids.slice(0, 3)).toEqual(['model', 'auto', 'scribe'])
    expect(ids).toContain('gpt-4o-transcribe')
    expect(ids).not.toContain('whisper-large-v3')
  })
})
