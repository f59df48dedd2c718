/** A model that writes words only, and another one that knows where its sentences end. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { nativeClient } from '../support/native.ts'
import { MARK_AFTER, writePunctuationModel } from '../support/punctuation.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav, writeToneModel } from '../support/tone.ts'

const LATIN: Record<string, string> = { '，': ',', '？': '?', '。': '.' }
const words = toneProgramme(41, 90)
let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let mediaId: string
let apiKey: string

beforeAll(async () => {
  folder = await testFolder()
  writePunctuationModel(join(folder.dataDir, 'models/punctuation'))
  // The same model, said to write its punctuation itself.
  const manifest = join(writeToneModel(join(folder.dataDir, 'models/proper')), 'earshot-model.json')
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), punctuates: true }))
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  apiKey = (await newAccount(folder.dataDir, 1000)).apiKey
  const file = new Uint8Array(wav(toneAudio(words, 90)))
  mediaId = (await upload(server.origin, apiKey, file)).body.mediaId
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function transcribed(body: object): Promise<TranscriptionReply> {
  const client = nativeClient(server.origin, apiKey)
  const { body: made } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
    mediaId,
    ...body,
  })
  return client.ended(made.id)
}

it('text has its marks where they belong, and words their times', async () => {
  const { transcript } = await transcribed({ language: 'en' })
  const spoken = transcript!.text.split(' ')
  expect(spoken.map((word) => word.replace(/[,.?]$/, ''))).toEqual(words.map(({ word }) => word))
  // A part ends with a full stop wherever it was cut; between its ends the marks are the model's.
  const marks = words.map(({ word }) => `${word}${LATIN[MARK_AFTER[word] ?? ''] ?? ''}`)
  const others = spoken.filter((word, i) => word !== marks[i] && !word.endsWith('.'))
  expect(others).toEqual([])
  expect(transcript!.text).toMatch(/nine\? .*four, /)
  expect(transcript!.segments.flatMap((s) => s.words?.map(({ word }) => word))).toEqual(
    words.map(({ word }) => word),
  )
})

it('not where the model writes them itself', async () => {
  const { transcript } = await transcribed({ model: 'proper' })
  expect(transcript!.text).toBe(words.map(({ word }) => word).join(' '))
})
