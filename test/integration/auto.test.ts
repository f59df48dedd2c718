/** The model `auto`: the whole program, with a Whisper that tells two languages apart and a model for one of them. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CapabilitiesReply, TranscriptionReply } from '../../src/contract/native.ts'
import { transcribe, upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { earshot, newAccount, startServer, type TestServer } from '../support/server.ts'
import { type PlacedWord, type ToneWord, toneAudio, WORDS, wav, writeToneModel } from '../support/tone.ts'
import { writeToneWhisper } from '../support/tone-whisper.ts'

/** Whisper takes the first five words for English, and the others for German. */
const ENGLISH: ToneWord[] = ['zero', 'one', 'two', 'three', 'four']
const GERMAN: ToneWord[] = ['five', 'six', 'seven', 'eight', 'nine']
/** As the model for German writes them, so that one can tell who heard them. */
const inDialect = (word: ToneWord): string => `${word}li`

const talk = (words: readonly ToneWord[]): PlacedWord[] => words.map((word, k) => ({ word, at: k + 0.5 }))
const textOf = (words: readonly PlacedWord[], spelt = (word: ToneWord): string => word): string =>
  words.map(({ word }) => spelt(word)).join(' ')
const sound = (words: readonly PlacedWord[]) => new Uint8Array(wav(toneAudio(words)))

let dir: string
let dataDir: string
let server: TestServer
let apiKey: string
let client: NativeClient
const media: Record<'english' | 'german', string> = { english: '', german: '' }

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-auto-'))
  dataDir = join(dir, 'data')
  const facts = { languages: ['de', 'fr'], autoRank: 1 }
  writeToneModel(join(dataDir, 'models/dialect'), 'fixed', WORDS.map(inDialect), facts)
  writeToneWhisper(join(dataDir, 'models/whisper-base'), { name: 'whisper-base' })
  server = await startServer(dataDir, { EARSHOT_MODEL: 'auto', EARSHOT_SLOTS: '1' })
  apiKey = (await newAccount(dataDir)).apiKey
  client = nativeClient(server.origin, apiKey)
  media.english = (await upload(server.origin, apiKey, sound(talk(ENGLISH)))).body.mediaId
  media.german = (await upload(server.origin, apiKey, sound(talk(GERMAN)))).body.mediaId
})
afterAll(async () => {
  await server?.stop()
  await rm(dir, { recursive: true, force: true })
})

async function transcribed(body: object): Promise<TranscriptionReply> {
  const created = await client.call<TranscriptionReply>('POST', '/transcriptions', body)
  expect(created.status).toBe(202)
  return client.ended(created.body.id)
}

describe('auto', () => {
  it('hears each recording with the model for its language, named or by default', async () => {
    for (const model of ['auto', undefined]) {
      const german = await transcribed({ mediaId: media.german, model })
      expect(german).toMatchObject({ modelUsed: 'dialect', detectedLanguage: 'de', standIn: false })
      expect(german.languageConfidence).toBeGreaterThan(0.8)
      expect(german.transcript!.text).toBe(textOf(talk(GERMAN), inDialect))
      const english = await transcribed({ mediaId: media.english, model })
      expect(english).toMatchObject({ modelUsed: 'whisper-base', detectedLanguage: 'en' })
      expect(english.transcript!.text).toBe(textOf(talk(ENGLISH)))
    }
  })

  it('takes the language that it is given, and what can translate', async () => {
    const told = await transcribed({ mediaId: media.english, language: 'fr' })
    expect(told).toMatchObject({ modelUsed: 'dialect', detectedLanguage: 'fr', languageConfidence: null })
    const english = await transcribed({ mediaId: media.german, task: 'translate' })
    expect(english).toMatchObject({ modelUsed: 'whisper-base', transcript: { text: textOf(talk(GERMAN)) } })
  })

  it('is refused for a language that nothing here knows, and that costs nothing', async () => {
    const refused = await client.call('POST', '/transcriptions', { mediaId: media.german, language: 'is' })
    const details = { field: 'language', reasonCode: 'model.language' }
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'validation_error', details } } })
    const both = { mediaId: media.german, language: 'fr', task: 'translate' }
    expect((await client.call('POST', '/transcriptions', both)).status).toBe(400)
  })

  it('is one of the models, and there by name on every door', async () => {
    const { body } = await client.call<CapabilitiesReply>('GET', '/capabilities')
    expect(body.models.map(({ name }) => name)).toEqual(['auto', 'whisper-base', 'dialect'])
    expect(body.models[0]!.languages).toEqual(expect.arrayContaining(['en', 'de', 'fr']))
    const form = new FormData()
    form.append('file', new Blob([sound(talk(GERMAN))]), 'talk.wav')
    form.append('model', 'auto')
    const headers = { authorization: `Bearer ${apiKey}` }
    const init = { method: 'POST', headers, body: form }
    const openai = await fetch(`${server.origin}/v1/audio/transcriptions`, init)
    expect(openai.headers.get('earshot-model')).toBe('dialect')
    expect(await openai.json()).toMatchObject({ text: textOf(talk(GERMAN), inDialect) })
    const soku = await transcribe(server.origin, apiKey, { mediaId: media.german, model: 'auto' })
    expect(soku.headers.get('earshot-model')).toBe('dialect')
    expect(soku.body).toMatchObject({ transcript: textOf(talk(GERMAN), inDialect) })
  })
})

it('at the command line it loads what serves the file, and doctor says what it takes', async () => {
  const file = join(dir, 'talk.wav')
  await writeFile(file, sound(talk(GERMAN)))
  const run = (...args: string[]) =>
    earshot(dataDir, ['transcribe', file, '--model', 'auto', '--format', 'json', ...args])
  expect(JSON.parse((await run()).stdout)).toMatchObject({
    model: 'dialect',
    language: 'de',
    text: textOf(talk(GERMAN), inDialect),
  })
  expect(JSON.parse((await run('--language', 'en')).stdout)).toMatchObject({
    model: 'whisper-base',
    text: textOf(talk(GERMAN)),
  })
  expect(await run('--language', 'is')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('None of the installed models knows the language “is”'),
  })
  const doctor = await earshot(dataDir, ['doctor'], { EARSHOT_MODEL: 'whisper-base' })
  expect(doctor).toMatchObject({
    stdout: expect.stringContaining('model auto: dialect for de fr; else whisper-base'),
  })
})
