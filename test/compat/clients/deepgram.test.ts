/** Deepgram's own client, unmodified: another base URL and a key. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Deepgram, DeepgramClient, DeepgramError } from '@deepgram/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeCall, makeMedia } from '../../support/media.ts'
import { earshot, newAccount } from '../../support/server.ts'
import { toneAudio, toneProgramme } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'
import { voiceOf, writeVoiceModels } from '../../support/voices.ts'

const SECONDS = 30
const words = toneProgramme(61, SECONDS)
const text = words.map((w) => w.word).join(' ')
const sides = [toneProgramme(62, 12), toneProgramme(63, 12)]

let internet: Server
let client: DeepgramClient
let recording: Buffer
let call: Buffer

const server = toneServer(async ({ dataDir }) => {
  internet = createServer((request, response) =>
    request.url === '/talk.flac' ? response.end(recording) : response.writeHead(404).end(),
  )
  await new Promise<void>((done) => internet.listen(0, '127.0.0.1', done))
  writeVoiceModels(join(dataDir, 'models/diarization'))
  return { EARSHOT_EGRESS_DIAL: `127.0.0.1:${(internet.address() as AddressInfo).port}` }
})
beforeAll(async () => {
  const { files, apiKey } = server
  recording = await readFile(await makeMedia(files, toneAudio(words, SECONDS), { format: 'flac' }))
  call = await readFile(await makeCall(files, sides, 12))
  client = clientOf(apiKey)
})
afterAll(() => void internet?.close())

const clientOf = (key: string): DeepgramClient =>
  new DeepgramClient({ apiKey: key, baseUrl: server.origin, maxRetries: 0 })

type Options = Deepgram.listen.v1.MediaTranscribeRequestOctetStream
type Answer = Deepgram.ListenV1Response

const hear = async (options: Options = {}, bytes = recording, own = client): Promise<Answer> =>
  (await own.listen.v1.media.transcribeFile(bytes, options, { timeoutInSeconds: 170 })) as Answer

async function refused(request: Promise<unknown>): Promise<DeepgramError> {
  const error = await request.then(
    () => undefined,
    (cause: unknown) => cause,
  )
  if (!(error instanceof DeepgramError)) throw new Error('the request was not refused', { cause: error })
  return error
}

describe('a file', () => {
  it('the text, and the times of words', async () => {
    const { metadata, results } = await hear({ model: 'nova-3', language: 'en-US', punctuate: true })
    const { transcript, words: heard = [], confidence } = results.channels[0]!.alternatives![0]!
    expect(transcript).toBe(text)
    expect(heard.map(({ word }) => word)).toEqual(words.map(({ word }) => word))
    heard.forEach(({ start, end, ...more }, k) => {
      expect(Math.abs(start! - words[k]!.at)).toBeLessThan(0.06)
      expect(end).toBeGreaterThan(start!)
      expect(more).toMatchObject({ punctuated_word: words[k]!.word })
    })
    expect(confidence).toBeGreaterThanOrEqual(0)
    expect(metadata).toMatchObject({
      duration: SECONDS,
      channels: 1,
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(metadata.model_info[metadata.models[0]!]).toMatchObject({ name: expect.any(String) })
    expect(results.utterances).toBeUndefined()
  })

  it('smart_format and paragraphs', async () => {
    const { results } = await hear({ smart_format: true })
    const { paragraphs } = results.channels[0]!.alternatives![0]!
    const sentences = paragraphs!.paragraphs!.flatMap((each) => each.sentences!)
    expect(sentences.map((sentence) => sentence.text).join(' ')).toBe(text)
    expect(paragraphs!.transcript!.replace(/\s+/g, ' ').trim()).toBe(text)
  })

  it('utterances: cut at pauses of the length that is asked for', async () => {
    const cutAt = async (utt_split?: number) =>
      (await hear({ utterances: true, ...(utt_split && { utt_split }) })).results.utterances!
    const all = await cutAt()
    expect(all.map((each) => each.transcript).join(' ')).toBe(text)
    for (const [k, { start, end, words: own = [] }] of all.entries()) {
      expect([start, end]).toEqual([own[0]!.start, own.at(-1)!.end])
      if (k > 0) expect(start! - all[k - 1]!.end!).toBeGreaterThanOrEqual(0.8)
    }
    expect((await cutAt(0.3)).length).toBeGreaterThan(all.length)
    expect(all.length).toBeGreaterThan(1)
  })

  it('diarize: numbered speakers', async () => {
    const { results } = await hear({ diarize: true, utterances: true })
    const first = voiceOf(words[0]!.word)
    const heard = results.channels[0]!.alternatives![0]!.words!
    expect(heard.map(({ word, speaker }) => [word, speaker])).toEqual(
      words.map(({ word }) => [word, voiceOf(word) === first ? 0 : 1]),
    )
    for (const { speaker, words: own = [] } of results.utterances!)
      for (const word of own) expect(word.speaker).toBe(speaker)
  })

  it('multichannel: each for itself', async () => {
    const { metadata, results } = await hear({ multichannel: true, utterances: true }, call)
    expect(metadata.channels).toBe(2)
    expect(results.channels.map((each) => each.alternatives![0]!.transcript)).toEqual(
      sides.map((side) => side.map((w) => w.word).join(' ')),
    )
    const starts = results.utterances!.map(({ start }) => start!)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(new Set(results.utterances!.map(({ channel }) => channel))).toEqual(new Set([0, 1]))
  })

  it('keyterms, keywords, tags and what only asks for polish', async () => {
    const { metadata, results } = await hear({
      keyterm: ['Earshot', 'Eyre'],
      keywords: ['zero:2', 'noise:-3'],
      tag: ['one', 'two'],
      extra: ['job:7'],
      numerals: true,
      filler_words: true,
      mip_opt_out: true,
      replace: ['zero:nought', 'one'],
    })
    const written = words.flatMap(({ word }) => (word === 'one' ? [] : [word.replace('zero', 'nought')]))
    expect(results.channels[0]!.alternatives![0]!.transcript).toBe(written.join(' '))
    expect(metadata).toMatchObject({ tags: ['one', 'two'], extra: { job: '7' } })
    const headers = { authorization: `Bearer ${server.apiKey}` }
    const id = (metadata as unknown as { transcription_id: string }).transcription_id
    const kept = await fetch(`${server.origin}/v1/transcriptions/${id}`, { headers })
    expect(await kept.json()).toMatchObject({ surface: 'listen', state: 'succeeded' })
  })

  it('raw samples, with their rate', async () => {
    const pcm = toneAudio(words, SECONDS)
    const answer = await fetch(`${server.origin}/v1/listen?encoding=linear16&sample_rate=16000`, {
      method: 'POST',
      headers: { authorization: `Token ${server.apiKey}` },
      body: new Uint8Array(pcm.buffer as ArrayBuffer),
    })
    const { results } = (await answer.json()) as Answer
    expect(results.channels[0]!.alternatives![0]!.transcript).toBe(text)
  })
})

it('an address', async () => {
  const answer = (await client.listen.v1.media.transcribeUrl({
    url: 'http://media.example/talk.flac',
    model: 'nova-2-general',
  })) as Answer
  expect(answer.results.channels[0]!.alternatives![0]!.transcript).toBe(text)
  expect(answer.metadata.sha256).toMatch(/^[0-9a-f]{64}$/)
  const missing = await refused(
    client.listen.v1.media.transcribeUrl({ url: 'http://media.example/nothing.flac' }),
  )
  expect(missing).toMatchObject({ statusCode: 400, body: { err_code: 'REMOTE_CONTENT_ERROR' } })
})

it('under an Idempotency-Key it is heard, and paid for, once', async () => {
  const account = await newAccount(server.dataDir, 1)
  const own = clientOf(account.apiKey)
  const ask = () =>
    own.listen.v1.media.transcribeFile(recording, {}, { headers: { 'Idempotency-Key': 'once' } })
  const first = await ask()
  expect(await ask()).toEqual(first)
  const broke = await refused(hear({}, call, own))
  expect(broke).toMatchObject({ statusCode: 402, body: { err_code: 'ASR_PAYMENT_REQUIRED' } })
  expect((await earshot(server.dataDir, ['credits', 'audit'])).code).toBe(0)
})

describe('what is refused costs nothing, and says why', () => {
  it('a wrong key', async () => {
    const error = await refused(hear({}, recording, clientOf('wrong')))
    expect(error).toMatchObject({
      statusCode: 401,
      body: { err_code: 'INVALID_AUTH', err_msg: expect.any(String), request_id: expect.any(String) },
    })
  })

  it.each([
    ['redact', { redact: 'pii' }],
    ['summarize', { summarize: 'v2' }],
    ['callback', { callback: 'https://example.com' }],
    ['replace', { replace: ':two' }],
    ['model', { model: 'whisper-9' }],
    ['language', { language: 'xx' }],
    ['diarize', { diarize: true, multichannel: true }],
    ['utt_split', { utt_split: -1 }],
    ['sample_rate', { encoding: 'linear16' }],
  ] as [string, Options][])('%s', async (field, options) => {
    const error = await refused(hear(options))
    expect(error.statusCode).toBe(400)
    expect((error.body as { err_msg: string }).err_msg).toContain(field)
  })

  it('what is not media, and no address', async () => {
    expect(await refused(hear({}, Buffer.from('a letter')))).toMatchObject({
      statusCode: 400,
      body: { err_code: 'Bad Request' },
    })
    const nothing = await refused(client.listen.v1.media.transcribeUrl({ url: '' }))
    expect(nothing).toMatchObject({ statusCode: 400, body: { err_code: 'Bad Request' } })
  })
})
