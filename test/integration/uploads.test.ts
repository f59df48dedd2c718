/** Resumable uploads as a client meets them: tus over HTTP, cut off, taken up again, and never another's. */
import { existsSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { Upload, type UploadOptions } from 'tus-js-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MediaItem, UploadReply } from '../../src/contract/native.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const MB = 1024 * 1024

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
const start = async (): Promise<void> => {
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_MAX_UPLOAD_MB: '8',
    EARSHOT_ACCOUNT_MB: '12',
  })
}
beforeAll(async () => {
  folder = await testFolder()
  await start()
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const recording = (seed: number, seconds = 4): Buffer =>
  Buffer.from(wav(toneAudio(toneProgramme(seed, seconds), seconds)))

interface Account {
  apiKey: string
  client: () => NativeClient
  /** What lies on disk: files of the library, pieces of uploads. */
  stored(kind: 'media' | 'uploads'): string[]
}

async function account(): Promise<Account> {
  const { apiKey, accountId } = await newAccount(folder.dataDir)
  return {
    apiKey,
    client: () => nativeClient(server.origin, apiKey),
    stored(kind) {
      const dir = join(folder.dataDir, 'store', kind, accountId)
      return existsSync(dir) ? readdirSync(dir) : []
    },
  }
}

/** Sends with tus-js-client to the end. Returns the file's id, and the offset that each request began at. */
async function send(
  { apiKey }: Account,
  file: Buffer,
  options: UploadOptions = {},
): Promise<{ mediaId: string | undefined; url: string; offsets: (string | undefined)[] }> {
  const offsets: (string | undefined)[] = []
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: `${server.origin}/v1/uploads`,
      headers: { authorization: `Bearer ${apiKey}` },
      metadata: { filename: 'Grüße.wav', filetype: 'audio/wav' },
      retryDelays: null,
      onBeforeRequest: (req) => {
        if (req.getMethod() === 'PATCH') offsets.push(req.getHeader('Upload-Offset'))
      },
      onSuccess: ({ lastResponse }) =>
        resolve({ mediaId: lastResponse.getHeader('Earshot-Media-Id'), url: upload.url ?? '', offsets }),
      onError: reject,
      ...options,
    })
    upload.start()
  })
}

const TUS = { 'tus-resumable': '1.0.0' }
const OFFSET_STREAM = { ...TUS, 'content-type': 'application/offset+octet-stream' }

/** Begins an upload by hand. */
async function begin({ client }: Account, bytes: number): Promise<{ path: string; answer: Response }> {
  const answer = await client().raw('/uploads', {
    method: 'POST',
    headers: { ...TUS, 'upload-length': String(bytes) },
  })
  return { path: (answer.headers.get('location') ?? '').replace('/v1', ''), answer }
}

const patch = ({ client }: Account, path: string, offset: number, body: Buffer): Promise<Response> =>
  client().raw(path, {
    method: 'PATCH',
    headers: { ...OFFSET_STREAM, 'upload-offset': String(offset) },
    body: new Uint8Array(body),
  })

const offsetOf = async ({ client }: Account, path: string): Promise<number> =>
  Number((await client().raw(path, { method: 'HEAD', headers: TUS })).headers.get('upload-offset'))

/** Sends `part` of a request that promises all of `file`, and hangs up. */
async function cutOff(account: Account, path: string, file: Buffer, part: number): Promise<void> {
  await new Promise<void>((done) => {
    const sent = request(`${server.origin}/v1${path}`, {
      method: 'PATCH',
      headers: {
        ...OFFSET_STREAM,
        authorization: `Bearer ${account.apiKey}`,
        'upload-offset': '0',
        'content-length': String(file.length),
      },
    })
    sent.on('error', () => {})
    sent.on('close', () => done())
    sent.write(file.subarray(0, part), () => sent.destroy())
  })
  await expect.poll(() => offsetOf(account, path), { timeout: 10_000 }).toBeGreaterThan(0)
}

async function contentOf({ client }: Account, mediaId: string | undefined): Promise<Buffer> {
  const answer = await client().raw(`/media/${mediaId}/content`)
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

describe('an upload', () => {
  it('becomes a file of the library, in pieces of the client’s choice', async () => {
    const one = await account()
    const file = recording(1)
    const { mediaId, url, offsets } = await send(one, file, { chunkSize: 50_000 })
    expect(offsets).toEqual(['0', '50000', '100000'])
    expect((await contentOf(one, mediaId)).equals(file)).toBe(true)
    const { body } = await one.client().call<MediaItem>('GET', `/media/${mediaId}`)
    expect(body).toMatchObject({ filename: 'Grüße.wav', contentType: 'audio/wav', durationSeconds: 4 })
    const stands = await one.client().call<UploadReply>('GET', url.slice(`${server.origin}/v1`.length))
    expect(stands.body).toMatchObject({ state: 'finished', mediaId, received: file.length, error: null })
    expect(one.stored('media')).toEqual([mediaId])
    expect(one.stored('uploads')).toEqual([])
  })

  it('begins with its first bytes where the client wants that', async () => {
    const one = await account()
    const file = recording(2)
    const { mediaId, offsets } = await send(one, file, { uploadDataDuringCreation: true })
    expect(offsets).toEqual([])
    expect((await contentOf(one, mediaId)).equals(file)).toBe(true)
  })

  it('of bytes that the account has becomes the file that it has', async () => {
    const one = await account()
    const [first, again] = [await send(one, recording(3)), await send(one, recording(3))]
    expect(again.mediaId).toBe(first.mediaId)
    expect(one.stored('media')).toEqual([first.mediaId])
    const other = await send(await account(), recording(3))
    expect(other.mediaId).not.toBe(first.mediaId)
  })

  it('goes on where it was cut off', async () => {
    const one = await account()
    const file = recording(4, 60)
    const { path } = await begin(one, file.length)
    await cutOff(one, path, file, MB)
    const { mediaId, offsets } = await send(one, file, { uploadUrl: `${server.origin}/v1${path}` })
    expect(offsets).toHaveLength(1)
    expect(Number(offsets[0])).toBeGreaterThan(0)
    expect((await contentOf(one, mediaId)).equals(file)).toBe(true)
  })

  it('goes on after the server was killed', async () => {
    const one = await account()
    const file = recording(5, 60)
    const { path } = await begin(one, file.length)
    expect((await patch(one, path, 0, file.subarray(0, MB))).status).toBe(204)
    await server.kill()
    await start()
    const { mediaId, offsets } = await send(one, file, { uploadUrl: `${server.origin}/v1${path}` })
    expect(offsets).toEqual([String(MB)])
    expect((await contentOf(one, mediaId)).equals(file)).toBe(true)
  })

  it('says again what it became, to whoever missed it', async () => {
    const one = await account()
    const { mediaId, url } = await send(one, recording(6))
    const headers = { ...TUS, authorization: `Bearer ${one.apiKey}` }
    const answer = await fetch(url, { method: 'HEAD', headers })
    expect(answer.headers.get('earshot-media-id')).toBe(mediaId)
  })

  it('comes through networks that know only GET and POST', async () => {
    const one = await account()
    const { path } = await begin(one, 1000)
    const meant = (method: string, more: RequestInit = {}): Promise<Response> =>
      one.client().raw(path, {
        method: 'POST',
        ...more,
        headers: { ...OFFSET_STREAM, 'upload-offset': '0', 'x-http-method-override': method },
      })
    expect((await meant('PATCH', { body: new Uint8Array(400) })).status).toBe(204)
    expect(await offsetOf(one, path)).toBe(400)
    expect((await meant('delete')).status).toBe(204)
    expect(one.stored('uploads')).toEqual([])
  })

  it('can be taken back', async () => {
    const one = await account()
    const { path } = await begin(one, 1000)
    await patch(one, path, 0, Buffer.alloc(500))
    expect(one.stored('uploads')).toHaveLength(1)
    expect((await one.client().raw(path, { method: 'DELETE', headers: TUS })).status).toBe(204)
    expect(one.stored('uploads')).toEqual([])
    expect((await one.client().raw(path, { method: 'HEAD', headers: TUS })).status).toBe(404)
  })
})

describe('on the dashboard', () => {
  /** Makes the first login, as the page does with the link that the start prints. */
  async function logIn(): Promise<Record<string, string>> {
    const token = /join#(\S+)/.exec(server.output())?.[1]
    const answer = await fetch(`${server.origin}/api/dashboard/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
      body: JSON.stringify({ token, email: 'ada@example.org', name: 'Ada', password: 'six-quiet-otters' }),
    })
    expect(answer.status).toBe(200)
    return { cookie: answer.headers.getSetCookie().map((each) => each.split(';')[0])[0] ?? '' }
  }

  it('it is the page’s, with its session, under its own address', async () => {
    const session = await logIn()
    const file = recording(8)
    const { url, mediaId } = await send(await account(), file, {
      endpoint: `${server.origin}/api/dashboard/uploads`,
      headers: { ...session, 'sec-fetch-site': 'same-origin' },
      chunkSize: 100_000,
    })
    expect(url).toMatch(/\/api\/dashboard\/uploads\/upl_\w+$/)
    const content = await fetch(`${server.origin}/api/dashboard/media/${mediaId}/content`, {
      headers: session,
    })
    expect(Buffer.from(await content.arrayBuffer()).equals(file)).toBe(true)
    const begin = (headers: Record<string, string>) =>
      fetch(`${server.origin}/api/dashboard/uploads`, {
        method: 'POST',
        headers: { ...TUS, 'upload-length': '10', ...headers },
      })
    expect((await begin({ 'sec-fetch-site': 'same-origin' })).status).toBe(401)
    expect((await begin({ ...session, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })
})

describe('is refused', () => {
  interface Refusal {
    error: { code: string; details: { reasonCode: string } }
  }
  const refusal = async (answer: Response) => ({
    status: answer.status,
    reason: ((await answer.json()) as Refusal).error.details.reasonCode,
    version: answer.headers.get('tus-resumable'),
  })

  it('without a key', async () => {
    const answer = await fetch(`${server.origin}/v1/uploads`, { method: 'POST', headers: TUS })
    expect(answer.status).toBe(401)
    expect(((await answer.json()) as Refusal).error.code).toBe('unauthorized')
  })

  it('another account’s upload, whatever is asked of it', async () => {
    const [one, other] = [await account(), await account()]
    const { path } = await begin(one, 1000)
    expect((await patch(other, path, 0, Buffer.alloc(10))).status).toBe(404)
    for (const method of ['HEAD', 'DELETE', 'GET'])
      expect((await other.client().raw(path, { method, headers: TUS })).status).toBe(404)
    expect(await offsetOf(one, path)).toBe(0)
  })

  it('a file that is larger than the server takes', async () => {
    const { answer } = await begin(await account(), 8 * MB + 1)
    expect(await refusal(answer)).toEqual({ status: 413, reason: 'media.too_large', version: '1.0.0' })
  })

  it('what the account has no room for, unfinished uploads counted', async () => {
    const one = await account()
    expect((await begin(one, 7 * MB)).answer.status).toBe(201)
    const { answer } = await begin(one, 7 * MB)
    expect(await refusal(answer)).toEqual({ status: 507, reason: 'storage.full', version: '1.0.0' })
  })

  it('a piece that does not begin where the upload stands', async () => {
    const one = await account()
    const { path } = await begin(one, 1000)
    const answer = await patch(one, path, 10, Buffer.alloc(10))
    expect(await refusal(answer)).toEqual({ status: 409, reason: 'upload.offset', version: '1.0.0' })
  })

  it('more than was announced', async () => {
    const one = await account()
    const { path } = await begin(one, 10)
    expect((await patch(one, path, 0, Buffer.alloc(11))).status).toBe(413)
    expect(await offsetOf(one, path)).toBe(0)
  })

  it('what is not media, with the reason, and nothing of it is kept', async () => {
    const one = await account()
    const { path } = await begin(one, 10)
    const answer = await patch(one, path, 0, Buffer.from('not media.'))
    expect(await refusal(answer)).toEqual({ status: 400, reason: 'media.not_media', version: '1.0.0' })
    const { body } = await one.client().call<UploadReply>('GET', path)
    expect(body).toMatchObject({ state: 'failed', mediaId: null, error: { code: 'media.not_media' } })
    expect((await one.client().raw(path, { method: 'HEAD', headers: TUS })).status).toBe(410)
    expect([...one.stored('media'), ...one.stored('uploads')]).toEqual([])
  })

  it('a client of another protocol', async () => {
    const answer = await (await account()).client().raw('/uploads', { method: 'POST' })
    expect(answer.status).toBe(412)
  })
})
