/** An account's vocabulary: given to every job, on every surface, and to nobody else's. */
import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply, VocabularyReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient, readEvents } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 50
const words = toneProgramme(91, SECONDS)
const recording = wav(toneAudio(words, SECONDS))
const text = words.map(({ word }) => word).join(' ')
const VOCABULARY = {
  keywords: ['Earshot', 'Silero'],
  replacements: [
    { from: 'ZERO', to: 'Nought' },
    { from: 'nine', to: '' },
  ],
}
const written = text
  .split(' ')
  .flatMap((word) => (word === 'nine' ? [] : [word === 'zero' ? 'Nought' : word]))
  .join(' ')

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = nativeClient(server.origin, apiKey)
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

it('is empty, is kept, and is replaced as a whole', async () => {
  const read = async () => (await client.call<VocabularyReply>('GET', '/vocabulary')).body
  expect(await read()).toEqual({ keywords: [], replacements: [] })
  expect(await client.call('PUT', '/vocabulary', { keywords: ['Ann'] })).toMatchObject({ status: 200 })
  expect(await read()).toEqual({ keywords: ['Ann'], replacements: [] })
  expect((await client.call('PUT', '/vocabulary', VOCABULARY)).body).toEqual(VOCABULARY)
  expect(await read()).toEqual(VOCABULARY)
})

it.each([
  [{ keywords: [''] }, 'keywords'],
  [{ keywords: Array.from({ length: 101 }, (_, k) => `word ${k}`) }, 'keywords'],
  [{ replacements: [{ from: ' ', to: 'a' }] }, 'replacements'],
  [{ words: [] }, 'words'],
])('%o is refused, and changes nothing', async (body, field) => {
  const { status, body: answer } = await client.call<{ error: { details: { field: string } } }>(
    'PUT',
    '/vocabulary',
    body,
  )
  expect([status, answer.error.details.field.split('.')[0]]).toEqual([400, field])
  expect((await client.call('GET', '/vocabulary')).body).toEqual(VOCABULARY)
})

it('through the native API, in the text, its words, and the events on the way', async () => {
  const { mediaId } = (await upload(server.origin, apiKey, new Uint8Array(recording))).body
  const { id } = (await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })).body
  const told: string[] = []
  for await (const { event, data } of readEvents(await client.raw(`/transcriptions/${id}/events`))) {
    if (event === 'segment') told.push((data as { text: string }).text)
    if (event === 'end') break
  }
  const { transcript } = (await client.call<TranscriptionReply>('GET', `/transcriptions/${id}`)).body
  expect(transcript!.text).toBe(written)
  expect(told.join(' ')).toBe(written)
  const own = transcript!.segments.flatMap((segment) => segment.words ?? [])
  expect(own.map(({ word }) => word).join(' ')).toBe(written)
})

it('through OpenAI’s, where a request’s own replacement goes first elsewhere', async () => {
  const openai = new OpenAI({ apiKey, baseURL: `${server.origin}/v1`, maxRetries: 0 })
  const file = await toFile(recording, 'talk.wav')
  const answer = await openai.audio.transcriptions.create({ file, model: 'whisper-1' })
  expect(answer.text).toBe(written)
  const { mediaId } = (await upload(server.origin, apiKey, new Uint8Array(recording))).body
  const body = { mediaId, replacements: [{ from: 'zero', to: 'Null' }] }
  const { id } = (await client.call<TranscriptionReply>('POST', '/transcriptions', body)).body
  expect((await client.ended(id)).transcript!.text).toBe(written.replaceAll('Nought', 'Null'))
})

it('not for other accounts', async () => {
  const other = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
  expect((await other.call('GET', '/vocabulary')).body).toEqual({ keywords: [], replacements: [] })
})
