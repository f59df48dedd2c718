/** What is charged and told comes from the sound that was decoded, whatever a file says of itself. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { transcribe, upload } from '../support/client.ts'
import { ffmpeg, makeMedia } from '../support/media.ts'
import { nativeClient } from '../support/native.ts'
import {
  creditsOf,
  earshot,
  newAccount,
  startServer,
  type TestServer,
  testFolder,
} from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
/** Three recordings of 50 s, one behind the other; the header is the first one's. */
let joined: Uint8Array<ArrayBuffer>
/** 100 s; the header says one. */
let lying: Uint8Array<ArrayBuffer>

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
  const flac = async (seconds: number): Promise<Buffer> => {
    const source = join(folder.dataDir, 'source.wav')
    await writeFile(source, wav(toneAudio(toneProgramme(seconds, seconds), seconds)))
    await ffmpeg(['-i', source, join(folder.dataDir, 'source.flac')])
    return readFile(join(folder.dataDir, 'source.flac'))
  }
  const piece = await flac(50)
  joined = new Uint8Array(Buffer.concat([piece, piece, piece]))
  const bytes = await flac(100)
  // STREAMINFO's last 36 bits of these are the number of samples.
  bytes.writeBigUInt64BE(((bytes.readBigUInt64BE(18) >> 36n) << 36n) | 16_000n, 18)
  lying = new Uint8Array(bytes)
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function account(credits: number) {
  const { apiKey, accountId } = await newAccount(folder.dataDir, credits)
  const client = nativeClient(server.origin, apiKey)
  const run = async (file: Uint8Array<ArrayBuffer>, more = {}): Promise<TranscriptionReply> => {
    const { mediaId } = (await upload(server.origin, apiKey, file, 'a.flac')).body
    const made = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId, ...more })
    return made.status === 202 ? client.ended(made.body.id) : made.body
  }
  const balance = () => creditsOf(folder.dataDir, accountId)
  return { apiKey, run, balance }
}

it('charges what was decoded, though less was expected', async () => {
  const { run, balance } = await account(10)
  const done = await run(joined)
  expect(done).toMatchObject({ state: 'succeeded', creditsDebited: 3, durationSeconds: 150 })
  expect(done.transcript!.segments.at(-1)!.end).toBeGreaterThan(140)
  expect(await balance()).toMatchObject({ posted: 7, pending: 0, available: 7 })
})

it('stops where the credits end, and takes none', async () => {
  const { run, balance, apiKey } = await account(2)
  const ended = await run(joined)
  expect(ended).toMatchObject({ state: 'failed', creditsDebited: 0, error: { code: 'credits.insufficient' } })
  const { mediaId } = (await upload(server.origin, apiKey, joined, 'a.flac')).body
  expect((await transcribe(server.origin, apiKey, { mediaId })).status).toBe(402)
  expect(await balance()).toMatchObject({ posted: 2, pending: 0, available: 2 })
})

it('does not believe a header that cannot be true', async () => {
  const { apiKey, balance } = await account(1)
  const { body } = await upload(server.origin, apiKey, lying, 'a.flac')
  expect(body.durationSeconds).toBeCloseTo(100, 0)
  expect((await transcribe(server.origin, apiKey, { mediaId: body.mediaId })).status).toBe(402)
  expect(await balance()).toMatchObject({ posted: 1, pending: 0, available: 1 })
})

it('says which seconds of a damaged file are missing', async () => {
  const { run } = await account(10)
  const words = toneProgramme(7, 40)
  const path = await makeMedia(folder.dataDir, toneAudio(words, 40), { format: 'mp3', rate: 44_100 })
  const bytes = await readFile(path)
  const [from, to] = [Math.floor(bytes.length * 0.48), Math.floor(bytes.length * 0.52)]
  bytes.fill(0, from, to)
  const done = await run(new Uint8Array(bytes))
  expect(done.state).toBe('succeeded')
  expect(done.transcript!.text.split(' ').length).toBeGreaterThan(0.85 * words.length)
  const [warning] = done.warnings
  expect(warning).toMatchObject({
    code: 'media.damaged',
    message: expect.stringMatching(/from 0:19\.\d to 0:2/),
  })
  const [span] = warning!.spans
  expect(span!.start).toBeGreaterThan(18.5)
  expect(span!.end - span!.start).toBeGreaterThan(1)
  expect(span!.end).toBeLessThan(22)
})

it('lists the sound tracks, and hears the one that is asked for', async () => {
  const { run } = await account(10)
  const path = join(folder.dataDir, 'two.mkv')
  const source = async (name: string, word: 'one' | 'two'): Promise<string[]> => {
    const file = join(folder.dataDir, `${name}.wav`)
    await writeFile(file, wav(toneAudio([{ word, at: 0.5 }], 2)))
    return ['-i', file]
  }
  await ffmpeg([
    ...[...(await source('first', 'one')), ...(await source('second', 'two')), '-map', '0', '-map', '1'],
    ...['-c:a', 'flac', '-metadata:s:a:1', 'language=ger', '-metadata:s:a:1', 'title=Deutsch', path],
  ])
  const file = new Uint8Array(await readFile(path))
  const first = await run(file)
  expect(first).toMatchObject({ track: 1, warnings: [], transcript: { text: 'one' } })
  expect(first.tracks).toMatchObject([
    { track: 1, codec: 'flac', channels: 1, default: true },
    { track: 2, codec: 'flac', language: 'ger', title: 'Deutsch' },
  ])
  expect(await run(file, { track: 2 })).toMatchObject({ track: 2, transcript: { text: 'two' } })
  expect(await run(file, { track: 3 })).toMatchObject({
    state: 'failed',
    creditsDebited: 0,
    error: { code: 'media.no_such_track' },
  })
})

it('keeps a ledger that adds up', async () => {
  expect(await earshot(folder.dataDir, ['credits', 'audit'])).toMatchObject({ code: 0 })
})
