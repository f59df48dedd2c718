/** Groq's own client, unmodified: another base URL and a key. */
import { readFile } from 'node:fs/promises'
import Groq, { APIError, toFile } from 'groq-sdk'
import { beforeAll, expect, it } from 'vitest'
import { makeMedia } from '../../support/media.ts'
import { toneAudio, toneProgramme } from '../../support/tone.ts'
import { toneServer } from '../../support/tone-server.ts'

const words = toneProgramme(11, 8)
const text = words.map((w) => w.word).join(' ')

const server = toneServer()
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
