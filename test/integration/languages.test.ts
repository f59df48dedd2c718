/** Which language is spoken, and English out of it: the whole program with a toy in Whisper's layout. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { transcribe, upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer } from '../support/server.ts'
import { type PlacedWord, type ToneWord, toneAudio, WORD_LENGTH, wav } from '../support/tone.ts'
import { inGerman, writeToneWhisper } from '../support/tone-whisper.ts'

const ENGLISH: ToneWord[] = ['zero', 'one', 'two', 'three', 'four']
const GERMAN: ToneWord[] = ['five', 'six', 'seven', 'eight', 'nine']

/** One word a second. */
const talk = (words: readonly ToneWord[], from: number, to: number): PlacedWord[] =>
  Array.from({ length: to - from }, (_, k) => ({ word: words[k % words.length]!, at: from + k + 0.3 }))

/** 15 s of English, nearly two minutes of German, and long after it two words that sound English. */
const MIXED: PlacedWord[] = [
  ...talk(ENGLISH, 0, 15),
  ...talk(GERMAN, 15, 120),
  { word: 'two', at: 140 },
  { word: 'one', at: 141 },
]
const GREETING = talk(GERMAN, 0, 5)

let dir: string
let server: TestServer
let apiKey: string
let client: NativeClient

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-languages-'))
  server = await startServer(join(dir, 'data'), {
    EARSHOT_MODEL: writeToneWhisper(join(dir, 'model')),
    EARSHOT_SLOTS: '1',
  })
  apiKey = (await newAccount(join(dir, 'data'))).apiKey
  client = nativeClient(server.origin, apiKey)
})
afterAll(async () => {
  await server?.stop()
  await rm(dir, { recursive: true, force: true })
})

const file = (words: readonly PlacedWord[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(wav(toneAudio(words, words.at(-1)!.at + WORD_LENGTH + 1)))

const store = async (words: readonly PlacedWord[]): Promise<string> =>
  (await upload(server.origin, apiKey, file(words))).body.mediaId

async function transcribed(body: object): Promise<TranscriptionReply> {
  const { id } = (await client.call<TranscriptionReply>('POST', '/transcriptions', body)).body
  return client.ended(id)
}

describe('the language', () => {
  it('is what most of the recording is in, however it begins, and says how sure that is', async () => {
    const ended = await transcribed({ mediaId: await store(MIXED) })
    expect(ended).toMatchObject({ state: 'succeeded', language: null, detectedLanguage: 'de' })
    expect(ended.languageConfidence).toBeGreaterThan(0.6)
    expect(ended.languageConfidence).toBeLessThanOrEqual(1)
    const { segments, language } = ended.transcript!
    expect(language).toBe('de')
    // Too short to be told from another language, it is taken for what was spoken before.
    expect(segments.at(-1)).toMatchObject({ text: inGerman(['two', 'one']).join(' ') })
    expect(segments.at(-1)!.start).toBeCloseTo(140, 0)
  })

  it('is not guessed where it is given', async () => {
    const ended = await transcribed({ mediaId: await store(GREETING), language: 'en' })
    expect(ended).toMatchObject({ detectedLanguage: 'en', languageConfidence: null })
    expect(ended.transcript!.text).toBe(GERMAN.join(' '))
  })

  it('is refused where the model does not know it', async () => {
    const mediaId = await store(GREETING)
    const { status, body } = await client.call('POST', '/transcriptions', { mediaId, language: 'fr' })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      error: { code: 'validation_error', details: { field: 'language', reasonCode: 'model.language' } },
    })
    expect((await transcribe(server.origin, apiKey, { mediaId, language: 'fr' })).status).toBe(400)
  })
})

describe('translation', () => {
  it('is English, and says what was spoken', async () => {
    const ended = await transcribed({ mediaId: await store(GREETING), task: 'translate' })
    expect(ended).toMatchObject({ task: 'translate', detectedLanguage: 'de', languageConfidence: 1 })
    expect(ended.transcript).toMatchObject({ text: GERMAN.join(' '), language: 'en' })
  })

  it('is what OpenAI’s client asks for', async () => {
    const openai = new OpenAI({ apiKey, baseURL: `${server.origin}/v1`, maxRetries: 0 })
    const recording = await toFile(Buffer.from(file(GREETING)), 'talk.wav')
    const translated = await openai.audio.translations.create({
      file: recording,
      model: 'whisper-1',
      response_format: 'verbose_json',
    })
    expect(translated).toMatchObject({ language: 'english', text: GERMAN.join(' ') })
    const spoken = await openai.audio.transcriptions.create({ file: recording, model: 'whisper-1' })
    expect(spoken.text).toBe(inGerman(GERMAN).join(' '))
  })
})
