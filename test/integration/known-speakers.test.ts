/** Voices that are known before: by OpenAI's client, and through the native API. */

import { join } from 'node:path'
import OpenAI, { APIError, toFile } from 'openai'
import type { TranscriptionDiarized } from 'openai/resources/audio/transcriptions'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { type ToneWord, toneAudio, toneProgramme, WORDS, wav } from '../support/tone.ts'
import { voiceOf, writeVoiceModels } from '../support/voices.ts'

const SECONDS = 40
const words = toneProgramme(81, SECONDS)
const recording = wav(toneAudio(words, SECONDS))

/** Three seconds of one voice alone. */
function voice(which: 'low' | 'high', seconds = 3): Buffer {
  const own = WORDS.filter((word) => voiceOf(word) === which)
  const said = Array.from({ length: Math.floor(seconds / 0.5) }, (_, k) => ({
    word: own[k % own.length] as ToneWord,
    at: 0.1 + k * 0.5,
  }))
  return wav(toneAudio(said, seconds))
}
const dataUrl = (bytes: Buffer): string => `data:audio/wav;base64,${bytes.toString('base64')}`

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let openai: OpenAI

beforeAll(async () => {
  folder = await testFolder()
  writeVoiceModels(join(folder.dataDir, 'models/diarization'))
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  apiKey = (await newAccount(folder.dataDir)).apiKey
  openai = new OpenAI({ apiKey, baseURL: `${server.origin}/v1`, maxRetries: 0 })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const ask = async (names: string[], references: string[], response_format = 'diarized_json') =>
  (await openai.audio.transcriptions.create({
    file: await toFile(recording, 'talk.wav'),
    model: 'gpt-4o-transcribe-diarize',
    response_format: response_format as 'diarized_json',
    known_speaker_names: names,
    known_speaker_references: references,
  })) as TranscriptionDiarized

const saidIn = (segments: { text: string; speaker?: string }[]): string[] =>
  segments.flatMap(({ text, speaker }) =>
    text
      .trim()
      .split(' ')
      .map((word) => `${speaker}: ${word}`),
  )
const truth = (names: Record<'low' | 'high', string>): string[] =>
  words.map(({ word }) => `${names[voiceOf(word)]}: ${word}`)

describe('OpenAI’s known_speaker_names and known_speaker_references', () => {
  it('who is known has a name', async () => {
    const { segments } = await ask(['Ann', 'Bob'], [dataUrl(voice('low')), dataUrl(voice('high'))])
    expect(saidIn(segments)).toEqual(truth({ low: 'Ann', high: 'Bob' }))
  })

  it('who is not is numbered, whoever speaks first', async () => {
    for (const [known, names] of [
      ['low', { low: 'Ann', high: 'Speaker 1' }],
      ['high', { low: 'Speaker 1', high: 'Ann' }],
    ] as const) {
      const { segments } = await ask(['Ann'], [dataUrl(voice(known))])
      expect(saidIn(segments)).toEqual(truth(names))
    }
  })

  it.each<[string, string[], string[]]>([
    ['a name without a voice', ['Ann', 'Bob'], [dataUrl(voice('low'))]],
    ['a voice that is no data URL', ['Ann'], ['https://example.com/ann.wav']],
    ['a voice that is too short', ['Ann'], [dataUrl(voice('low', 0.2))]],
    ['a voice that is too long', ['Ann'], [dataUrl(voice('low', 31))]],
    ['five', ['a', 'b', 'c', 'd', 'e'], Array(5).fill(dataUrl(voice('low')))],
    ['what is no media', ['Ann'], [dataUrl(Buffer.from('a letter'))]],
  ])('%s is refused', async (_name, names, references) => {
    const error = await ask(names, references).then(
      () => undefined,
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(APIError)
    expect(error).toMatchObject({ status: 400 })
  })
})

it('through the native API, with files of the library', async () => {
  const native = nativeClient(server.origin, apiKey)
  const stored = async (bytes: Buffer): Promise<string> =>
    (await upload(server.origin, apiKey, new Uint8Array(bytes))).body.mediaId
  const [mediaId, ann] = [await stored(recording), await stored(voice('high', 4))]
  const body = { mediaId, knownSpeakers: [{ name: 'Ann', mediaId: ann }] }
  const { id } = (await native.call<TranscriptionReply>('POST', '/transcriptions', body)).body
  const { transcript } = await native.ended(id)
  expect(saidIn(transcript!.segments)).toEqual(truth({ low: 'Speaker 1', high: 'Ann' }))
  const others = { mediaId, knownSpeakers: [{ name: 'Ann', mediaId: 'media_of_somebody_else' }] }
  expect((await native.call('POST', '/transcriptions', others)).status).toBe(404)
})
