/** How loud a recording is at each moment: noted while it is heard, kept with its transcription, gone with it. */
import { beforeAll, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type { CreateShareReply } from '../../src/contract/shares.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { newId } from '../../src/domain/ids.ts'
import { copyWaveform, keepWaveform, readWaveform } from '../../src/domain/transcriptions/waveform.ts'
import { describeBothDatabases } from '../support/both-databases.ts'
import { upload } from '../support/client.ts'
import { storeSamples } from '../support/filled-library.ts'
import { nativeClient } from '../support/native.ts'
import { newAccount } from '../support/server.ts'
import { toneAudio, wav } from '../support/tone.ts'
import { toneServer } from '../support/tone-server.ts'

const server = toneServer()
const SAID = [
  { word: 'one', at: 1 },
  { word: 'two', at: 4 },
] as const

/** As audiowaveform's documentation describes the file: the highest sample, 0 to 127, of each second. */
function loudness(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [rate, stretch, length] = [8, 12, 16].map((at) => view.getInt32(at, true))
  const highest: number[] = []
  for (let k = 0; k < length!; k++) {
    const second = Math.floor((k * stretch!) / rate!)
    highest[second] = Math.max(highest[second] ?? 0, view.getInt8(25 + 2 * k))
  }
  return highest
}

it('says where it is loud and where it is quiet, to its account and to whoever has a link', async () => {
  const client = nativeClient(server.origin, server.apiKey)
  const audio = new Uint8Array(wav(toneAudio(SAID, 6)))
  const { mediaId } = (await upload(server.origin, server.apiKey, audio, 'two words.wav')).body
  const { id } = (await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })).body
  expect((await client.ended(id)).state).toBe('succeeded')

  const answer = await client.raw(`/transcriptions/${id}/waveform`)
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  const file = new Uint8Array(await answer.arrayBuffer())
  const levels = loudness(file)
  expect(levels).toHaveLength(6)
  for (const [second, level] of levels.entries())
    if ([1, 4].includes(second)) expect(level).toBeGreaterThan(20)
    else if ([0, 3].includes(second)) expect(level).toBeLessThan(3)

  const shares = `/transcriptions/${id}/shares`
  const { url } = (await client.call<CreateShareReply>('POST', shares, {})).body
  const shared = await fetch(`${url.replace('/shared/', '/api/shared/')}/waveform`)
  expect(new Uint8Array(await shared.arrayBuffer())).toEqual(file)

  const stranger = nativeClient(server.origin, (await newAccount(server.dataDir)).apiKey)
  expect((await stranger.raw(`/transcriptions/${id}/waveform`)).status).toBe(404)
  await client.call('DELETE', `/transcriptions/${id}`)
  expect((await client.raw(`/transcriptions/${id}/waveform`)).status).toBe(404)
})

describeBothDatabases('a waveform', (database) => {
  let accountId: string
  beforeAll(async () => {
    accountId = (await createAccount({ db: database().db, clock: Date }, { name: 'a', credits: 0 })).accountId
  })

  it('is stored byte for byte, copied, and removed with its transcription', async () => {
    const { db } = database()
    const [first, second] = await storeSamples(db, accountId, 2)
    const bytes = Uint8Array.from({ length: 600_000 }, (_, k) => k % 251)
    await expect(readWaveform({ db }, first!)).rejects.toMatchObject({ code: 'resource.not_found' })
    await db.transaction().execute(async (tx) => {
      await keepWaveform(tx, first!, bytes)
      await copyWaveform(tx, first!, second!)
      await copyWaveform(tx, newId('tj'), first!)
    })
    for (const id of [first!, second!]) expect(Buffer.compare(await readWaveform({ db }, id), bytes)).toBe(0)
    await db.deleteFrom('transcriptions').where('id', '=', first!).execute()
    await expect(readWaveform({ db }, first!)).rejects.toMatchObject({ code: 'resource.not_found' })
  })
})
