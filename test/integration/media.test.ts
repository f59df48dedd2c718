/** The media library: what is uploaded is listed, streamed to players, kept once, and removed. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ListMediaReply, MediaItem, TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const recording = (seed: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(wav(toneAudio(toneProgramme(seed, 4), 4)))

interface Account {
  client: NativeClient
  apiKey: string
  /** Its files on disk. */
  stored(): string[]
}

async function account(): Promise<Account> {
  const { apiKey, accountId } = await newAccount(folder.dataDir)
  const dir = join(folder.dataDir, 'store/media', accountId)
  return {
    apiKey,
    client: nativeClient(server.origin, apiKey),
    stored: () => (existsSync(dir) ? readdirSync(dir) : []),
  }
}

describe('the library', () => {
  it('lists what was uploaded, newest first, a page at a time', async () => {
    const { client, apiKey } = await account()
    const ids: string[] = []
    for (const seed of [1, 2, 3])
      ids.unshift((await upload(server.origin, apiKey, recording(seed), `${seed}.wav`)).body.mediaId)
    const first = (await client.call<ListMediaReply>('GET', '/media?limit=2')).body
    const rest = (await client.call<ListMediaReply>('GET', `/media?limit=2&cursor=${first.nextCursor}`)).body
    expect([...first.items, ...rest.items].map((m) => m.mediaId)).toEqual(ids)
    expect(rest.nextCursor).toBeNull()
    const one = (await client.call<MediaItem>('GET', `/media/${ids[0]}`)).body
    expect(one).toEqual(first.items[0])
    expect(one).toMatchObject({
      filename: '3.wav',
      contentType: 'audio/wav',
      bytes: recording(3).length,
      durationSeconds: 4,
      hasVideo: false,
      expiresAt: null,
      url: `${server.origin}/v1/media/${ids[0]}/content`,
    })
  })

  it('keeps the same bytes of one account once, whatever they are called', async () => {
    const [one, other] = [await account(), await account()]
    const first = await upload(server.origin, one.apiKey, recording(4), 'a.wav')
    const again = await upload(server.origin, one.apiKey, recording(4), 'b.wav')
    expect(again.status).toBe(201)
    expect(again.body.mediaId).toBe(first.body.mediaId)
    expect(one.stored()).toEqual([first.body.mediaId])
    const theirs = await upload(server.origin, other.apiKey, recording(4), 'a.wav')
    expect(theirs.body.mediaId).not.toBe(first.body.mediaId)
  })

  it('keeps nothing of what is not media', async () => {
    const { client, apiKey, stored } = await account()
    const refused = await upload(server.origin, apiKey, new Uint8Array(Buffer.from('a letter')), 'a.wav')
    expect(refused.status).toBe(400)
    expect(stored()).toEqual([])
    expect((await client.call<ListMediaReply>('GET', '/media')).body.items).toEqual([])
  })

  it('says of sound that it cannot read that the file is at fault', async () => {
    const { apiKey, stored } = await account()
    const slow = new Uint8Array(wav(toneAudio([], 4), 1))
    const refused = await upload(server.origin, apiKey, slow, 'slow.wav')
    expect(refused).toMatchObject({
      status: 400,
      body: {
        error: { code: 'validation_error', details: { reasonCode: 'media.unsupported_codec' } },
      },
    })
    expect(stored()).toEqual([])
  })

  it.each([
    'application/json; charset=utf-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'application/octet-stream',
  ])('takes a request without a body that says %s for one without a body', async (type) => {
    const { client, apiKey } = await account()
    const { mediaId } = (await upload(server.origin, apiKey, recording(6))).body
    const headers = { 'content-type': type }
    expect((await client.raw(`/media/${mediaId}`, { method: 'DELETE', headers })).status).toBe(204)
    // As curl does with `-d ''`.
    const empty = await client.raw('/transcriptions', { method: 'POST', headers, body: '' })
    expect(await empty.json()).toMatchObject({ error: { message: expect.stringMatching(/mediaId/) } })
  })

  it('removes a file; transcripts made of it stay', async () => {
    const { client, apiKey, stored } = await account()
    const { mediaId } = (await upload(server.origin, apiKey, recording(5))).body
    const made = await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })
    await client.ended(made.body.id)
    expect((await client.raw(`/media/${mediaId}`, { method: 'DELETE' })).status).toBe(204)
    expect(stored()).toEqual([])
    for (const path of [`/media/${mediaId}`, `/media/${mediaId}/content`])
      expect((await client.call('GET', path)).status).toBe(404)
    expect((await client.call('DELETE', `/media/${mediaId}`)).status).toBe(404)
    expect((await client.call('POST', '/transcriptions', { mediaId })).status).toBe(404)
    expect(await client.ended(made.body.id)).toMatchObject({ state: 'succeeded', source: { mediaId } })
  })

  it('shows one account nothing of another', async () => {
    const [one, other] = [await account(), await account()]
    const { mediaId } = (await upload(server.origin, one.apiKey, recording(6))).body
    for (const [method, path] of [
      ['GET', `/media/${mediaId}`],
      ['GET', `/media/${mediaId}/content`],
      ['DELETE', `/media/${mediaId}`],
    ] as const)
      expect((await other.client.call(method, path)).status).toBe(404)
    expect(one.stored()).toEqual([mediaId])
  })
})

describe('the content', () => {
  const bytes = recording(7)
  let client: NativeClient
  let path: string

  beforeAll(async () => {
    const made = await account()
    client = made.client
    const { body } = await upload(server.origin, made.apiKey, bytes, 'Grüße.wav')
    path = `/media/${body.mediaId}/content`
  })

  const get = (headers: Record<string, string> = {}, method = 'GET') => client.raw(path, { method, headers })
  const bodyOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

  it('is what was uploaded, and can only be played', async () => {
    const answer = await get()
    expect(answer.status).toBe(200)
    expect((await bodyOf(answer)).equals(bytes)).toBe(true)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^inline; .*filename\*=UTF-8''Gr%C3%BC%C3%9Fe\.wav/),
      'content-security-policy': "sandbox; default-src 'none'",
    })
  })

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=1000-', 1000, bytes.length - 1],
    ['bytes=-44', bytes.length - 44, bytes.length - 1],
  ])('in part: %s', async (range, start, end) => {
    const answer = await get({ range })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${bytes.length}`)
    expect((await bodyOf(answer)).equals(bytes.subarray(start, end + 1))).toBe(true)
  })

  it('not beyond its end', async () => {
    const answer = await get({ range: `bytes=${bytes.length}-` })
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe(`bytes */${bytes.length}`)
  })

  it('not at all where the client has it', async () => {
    const etag = (await get({}, 'HEAD')).headers.get('etag')!
    const same = await get({ 'if-none-match': etag })
    expect(same.status).toBe(304)
    const part = await get({ range: 'bytes=0-9', 'if-range': etag })
    expect(part.status).toBe(206)
    const changed = await get({ range: 'bytes=0-9', 'if-range': '"other"' })
    expect(changed.status).toBe(200)
    await changed.body?.cancel()
    await part.body?.cancel()
  })

  it('described without being sent', async () => {
    const answer = await get({}, 'HEAD')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-length')).toBe(String(bytes.length))
    expect(await bodyOf(answer)).toHaveLength(0)
  })
})
