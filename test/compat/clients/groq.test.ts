/** Groq's own client, unmodified: another base URL and a key. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Groq, { APIError, toFile } from 'groq-sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audioFields } from '../../../src/http/surfaces/openai/fields.ts'
import { makeMedia } from '../../support/media.ts'
import { toneAudio, toneProgramme } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'

const words = toneProgramme(11, 8)
const text = words.map((w) => w.word).join(' ')

/** Where recordings are that are named by their address. */
const internet = createServer((_, response) =>
  response.writeHead(200, { 'content-type': 'audio/flac' }).end(recording),
)
const server = toneServer(async () => {
  await new Promise<void>((done) => internet.listen(0, '127.0.0.1', done))
  return { EARSHOT_EGRESS_DIAL: `127.0.0.1:${(internet.address() as AddressInfo).port}` }
})
let groq: Groq
let recording: Buffer

beforeAll(async () => {
  groq = new Groq({ apiKey: server.apiKey, baseURL: server.origin, maxRetries: 0 })
  recording = await readFile(await makeMedia(server.files, toneAudio(words, 8), { format: 'flac' }))
})

it.each(['whisper-large-v3', 'whisper-large-v3-turbo'] as const)('a file, by %s', async (model) => {
  const file = await toFile(recording, 'talk.flac')
  expect(await groq.audio.transcriptions.create({ file, model })).toMatchObject({ text })
})

it('verbose_json with the times of words', async () => {
  const answer = (await groq.audio.transcriptions.create({
    file: await toFile(recording, 'talk.flac'),
    model: 'whisper-large-v3-turbo',
    response_format: 'verbose_json',
    timestamp_granularities: ['word', 'segment'],
    language: 'en',
    temperature: 0,
    prompt: 'tones',
  })) as unknown as { words: { word: string; start: number }[]; segments: { text: string }[] }
  expect(answer.words.map(({ word }) => word)).toEqual(words.map(({ word }) => word))
  expect(answer.segments.map((segment) => segment.text.trim()).join(' ')).toBe(text)
})

afterAll(() => {
  internet.closeAllConnections()
  internet.close()
})

it('the address of a recording, or the recording itself in one, instead of a file', async () => {
  const model = 'whisper-large-v3-turbo'
  const url = 'http://talks.example/talk.flac'
  expect(await groq.audio.transcriptions.create({ url, model })).toMatchObject({ text })
  const inside = `data:audio/flac;base64,${recording.toString('base64')}`
  expect(await groq.audio.transcriptions.create({ url: inside, model })).toMatchObject({ text })
  const both = { file: await toFile(recording, 'talk.flac'), url, model }
  for (const wrong of [both, { url: 'data:audio/flac,none', model }, { url: 'ftp://talks.example/', model }])
    await expect(groq.audio.transcriptions.create(wrong)).rejects.toMatchObject({
      status: 400,
      error: { error: { param: 'url' } },
    })
  await expect(groq.audio.transcriptions.create({ model })).rejects.toMatchObject({
    status: 400,
    error: { error: { param: 'file' } },
  })
})

it.each(['groq-sdk', 'openai'])('no field in the types of %s is passed over', async (sdk) => {
  const types = await readFile(`node_modules/${sdk}/resources/audio/transcriptions.d.ts`, 'utf8')
  const params = types.slice(types.indexOf('interface TranscriptionCreateParams'))
  const known = [...params.matchAll(/^ {4}(\w+)\??:/gm)].map(([, name]) => name!)
  expect(known.length).toBeGreaterThan(6)
  expect(Object.keys(audioFields.shape)).toEqual(
    expect.arrayContaining(known.filter((name) => name !== 'file')),
  )
})

it('lists models, and names one', async () => {
  const { data } = await groq.models.list()
  expect(data.map(({ id }) => id)).toContain('whisper-1')
  expect(await groq.models.retrieve('whisper-large-v3')).toMatchObject({ id: 'whisper-large-v3' })
})

it('an error is one of its own', async () => {
  const file = await toFile(recording, 'talk.flac')
  const error = await groq.audio.transcriptions.create({ file, model: 'none' }).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  expect(error).toBeInstanceOf(APIError)
  expect(error).toMatchObject({ status: 404, error: { error: { code: 'model_not_found' } } })
})
