/** A clip that is sent while hours of sound run, through one slot and one place, need not wait for their end. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload, uploadFile } from '../support/client.ts'
import { makeLong, makeMedia } from '../support/media.ts'
import { type NativeClient, nativeClient, readEvents } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let long: string
beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_JOBS: '1',
  })
  const minute = await makeMedia(folder.dataDir, toneAudio(toneProgramme(1, 60), 60), { format: 'flac' })
  long = join(folder.dataDir, 'long.mka')
  await makeLong(minute, long, 180)
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

async function begun(client: NativeClient, id: string): Promise<void> {
  for await (const { data } of readEvents(await client.raw(`/transcriptions/${id}/events`)))
    if ((data as { pct?: number }).pct) return
}

it.each(['the same account', 'another account'])('sent by %s', async (sender) => {
  const { apiKey } = await newAccount(folder.dataDir)
  const client = nativeClient(server.origin, apiKey)
  const ask = (c: NativeClient, mediaId: string) =>
    c.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })
  const { mediaId } = (await uploadFile(server.origin, apiKey, long)).body
  const hours = (await ask(client, mediaId)).body.id
  await begun(client, hours)

  const key = sender === 'the same account' ? apiKey : (await newAccount(folder.dataDir)).apiKey
  const words = toneProgramme(7, 15)
  const clip = await upload(server.origin, key, new Uint8Array(wav(toneAudio(words, 15))))
  const other = nativeClient(server.origin, key)
  const ended = await other.ended((await ask(other, clip.body.mediaId)).body.id)
  expect(ended.transcript?.text).toBe(words.map((w) => w.word).join(' '))
  const { state } = (await client.call<TranscriptionReply>('GET', `/transcriptions/${hours}`)).body
  expect(state).toBe('running')
  expect((await client.call('DELETE', `/transcriptions/${hours}`)).status).toBe(200)
})
