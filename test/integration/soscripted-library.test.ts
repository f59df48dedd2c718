/** SoScripted's door beyond its one documented request: the library, the options, and what was seen before. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LibraryItemReply, LibraryReply, TranscribeReply } from '../../src/contract/soscripted.ts'
import { transcribe as transcribeFile, upload } from '../support/client.ts'
import { DOUBLE_TEXT, type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { sharedDatabase } from '../support/postgres.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

let double: PlatformDouble
beforeAll(async () => {
  double = await startPlatformDouble()
})
afterAll(() => double?.close())

const video = (id: string): string => `https://www.youtube.com/watch?v=${id}`
const fetchesOf = (id: string): number =>
  double.requests.filter((each) => each.includes('/videoplayback') && each.includes(`id=${id}`)).length

type Failed = { error: string }

describe.each(['sqlite', 'postgres'] as const)('SoScripted’s door (%s)', (kind) => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let env: Record<string, string>
  let server: TestServer

  beforeAll(async () => {
    folder = await testFolder()
    env = {
      EARSHOT_MODEL: folder.model,
      EARSHOT_SLOTS: '1',
      EARSHOT_YTDLP: await ytDlpCommand(),
      EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
      EARSHOT_EGRESS_CA: double.caFile,
      EARSHOT_CAPTIONS: 'speech',
      ...(kind === 'postgres' && { DATABASE_URL: await sharedDatabase() }),
    }
    server = await startServer(folder.dataDir, env)
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
  })

  const newKey = async (): Promise<string> => (await newAccount(folder.dataDir, 100, env)).apiKey

  const call = (apiKey: string, method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${server.origin}/api/public${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const get = async <T>(apiKey: string, path: string): Promise<T> =>
    (await (await call(apiKey, 'GET', path)).json()) as T
  const ask = async (apiKey: string, body: object): Promise<TranscribeReply & Partial<Failed>> =>
    (await (await call(apiKey, 'POST', '/transcribe', body)).json()) as TranscribeReply
  const creditsOf = async (apiKey: string): Promise<number> => {
    const response = await fetch(`${server.origin}/v1/credits`, { headers: { 'soku-api-key': apiKey } })
    return ((await response.json()) as { available: number }).available
  }

  describe('the library', () => {
    let apiKey: string
    let spoken: string
    let written: string
    let uploaded: string

    beforeAll(async () => {
      apiKey = await newKey()
      spoken = (await ask(apiKey, { url: video('library0001') })).id
      written = (await ask(apiKey, { url: video('library0001'), mode: 'captions', language: 'de' })).id
      const file = new Uint8Array(wav(toneAudio(toneProgramme(1, 5), 5)))
      const { body } = await upload(server.origin, apiKey, file, 'meeting.wav')
      await transcribeFile(server.origin, apiKey, { mediaId: body.mediaId })
      // What failed is no part of the library.
      await ask(apiKey, { url: video('priv0000001') })
      uploaded = (await get<LibraryReply>(apiKey, '/library')).items[0]?.id ?? ''
    })

    it('lists every transcript of the account, newest first', async () => {
      const { ok, items, nextCursor } = await get<LibraryReply>(apiKey, '/library')
      expect(ok).toBe(true)
      expect(nextCursor).toBeNull()
      expect(items.map(({ id }) => id)).toEqual([uploaded, written, spoken])
      expect(items[0]).toMatchObject({ title: 'meeting.wav', url: null, platform: null, duration: 5 })
      expect(items[1]).toMatchObject({ source: 'captions', language: 'de', platform: 'youtube' })
      expect(items[2]).toEqual({
        id: spoken,
        source: 'speech',
        model: 'model',
        language: null,
        reused: false,
        title: 'Double video library0001',
        url: video('library0001'),
        platform: 'youtube',
        duration: 8,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      })
    })

    it('goes through pages by the cursor', async () => {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: LibraryReply = await get(apiKey, `/library?limit=2${cursor && `&cursor=${cursor}`}`)
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
      }
      expect(seen).toEqual([uploaded, written, spoken])
    })

    it('finds words in texts and titles, and says where', async () => {
      const { items } = await get<LibraryReply>(apiKey, '/library?q=captions%20peop')
      expect(items.map(({ id }) => id)).toEqual([written])
      expect(items[0]).toMatchObject({ hitCount: 1, hits: [{ start: 0, end: 2 }] })
      expect((await get<LibraryReply>(apiKey, '/library?q=meeting')).items).toHaveLength(1)
      expect((await get<LibraryReply>(apiKey, '/library?q=nowhere')).items).toEqual([])
    })

    it('gives one with its text', async () => {
      const item = await get<LibraryItemReply>(apiKey, `/library/${spoken}`)
      expect(item).toMatchObject({
        ok: true,
        id: spoken,
        source: 'speech',
        title: 'Double video library0001',
      })
      expect(item.caption.text).toBe(DOUBLE_TEXT)
      expect(Object.keys(item.caption.segments[0] ?? {})).toEqual(['start', 'end', 'text'])
    })

    it.each([
      ['txt', 'text/plain', `${DOUBLE_TEXT}\n`],
      ['srt', 'application/x-subrip', '-->'],
      ['vtt', 'text/vtt', 'WEBVTT'],
      ['json', 'application/json', '"segments"'],
    ])('gives one as a file: %s', async (format, type, part) => {
      const response = await call(apiKey, 'GET', `/library/${spoken}?format=${format}`)
      expect(response.headers.get('content-type')).toContain(type)
      expect(response.headers.get('content-disposition')).toContain(`library0001.${format}`)
      expect(await response.text()).toContain(part)
    })

    it('shows nothing to others', async () => {
      const stranger = await newKey()
      expect((await get<LibraryReply>(stranger, '/library')).items).toEqual([])
      expect((await get<LibraryReply>(stranger, '/library?q=captions')).items).toEqual([])
      for (const method of ['GET', 'DELETE']) {
        const response = await call(stranger, method, `/library/${spoken}`)
        expect(response.status).toBe(404)
        expect(await response.json()).toEqual({ error: expect.stringContaining(spoken) })
      }
      expect((await call(apiKey, 'GET', `/library/${spoken}`)).status).toBe(200)
    })

    it.each([
      ['/library?limit=0', 400],
      ['/library?cursor=nonsense', 400],
      ['/library?newest=1', 400],
      ['/library/tj_unknown', 404],
      ['/library/tj_unknown?format=pdf', 400],
    ])('refuses %s with %i and {"error"}', async (path, status) => {
      const response = await call(apiKey, 'GET', path)
      expect(response.status).toBe(status)
      expect(await response.json()).toEqual({ error: expect.any(String) })
    })

    it('refuses who has no key', async () => {
      const response = await fetch(`${server.origin}/api/public/library`)
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({ error: expect.any(String) })
    })

    it('forgets what is deleted', async () => {
      const response = await call(apiKey, 'DELETE', `/library/${written}`)
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
      expect((await call(apiKey, 'GET', `/library/${written}`)).status).toBe(404)
      expect((await get<LibraryReply>(apiKey, '/library?q=captions')).items).toEqual([])
      expect((await get<LibraryReply>(apiKey, '/library')).items.map(({ id }) => id)).toEqual([
        uploaded,
        spoken,
      ])
    })
  })

  describe('the options', () => {
    let apiKey: string
    beforeAll(async () => {
      apiKey = await newKey()
    })

    it('follows the operator where no mode is named, and passes over fields it does not know', async () => {
      const reply = await ask(apiKey, { url: video('options0001'), format: 'whatever' })
      expect(reply).toMatchObject({ ok: true, source: 'speech', caption: { text: DOUBLE_TEXT } })
    })

    it('takes captions where they are there, and hears the video where not', async () => {
      const body = { mode: 'auto', language: 'de' }
      expect(await ask(apiKey, { ...body, url: video('options0002') })).toMatchObject({ source: 'captions' })
      expect(await ask(apiKey, { ...body, url: video('nocc0000001') })).toMatchObject({ source: 'speech' })
    })

    it('takes automatic captions only when asked to', async () => {
      const url = video('asrx0000001')
      const response = await call(apiKey, 'POST', '/transcribe', { url, mode: 'captions' })
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ error: expect.stringContaining('no human captions') })
      expect(await ask(apiKey, { url, mode: 'automatic' })).toMatchObject({
        source: 'automatic',
        language: 'en',
        caption: { text: expect.stringContaining('four seven one one') },
      })
    })

    it.each([
      [{ mode: 'subtitles' }, 'mode: must be one of'],
      [{ language: 'klingon' }, 'ISO 639-1'],
    ])('refuses %j before anything is held', async (options, message) => {
      const before = await creditsOf(apiKey)
      const url = video('options0003')
      const response = await call(apiKey, 'POST', '/transcribe', { url, ...options })
      expect(response.status).toBe(400)
      expect(await response.json()).toEqual({ error: expect.stringContaining(message) })
      expect(await creditsOf(apiKey)).toBe(before)
    })
  })

  describe('what was seen before', () => {
    it('downloads once what two ask for at once, and charges both', async () => {
      const keys = [await newKey(), await newKey()]
      const id = `twice-${kind.slice(0, 5)}`
      const replies = await Promise.all(keys.map((key) => ask(key, { url: video(id) })))
      expect(replies.map(({ caption }) => caption.text)).toEqual([DOUBLE_TEXT, DOUBLE_TEXT])
      expect(replies.map(({ reused }) => reused).sort()).toEqual([false, true])
      expect(fetchesOf(id)).toBe(1)
      for (const key of keys) expect(await creditsOf(key)).toBe(99)
    })

    it('answers from the library later, whatever the shape of the link, and says so', async () => {
      const apiKey = await newKey()
      await ask(apiKey, { url: video('again000001') })
      const asked = double.requests.length
      const again = await ask(apiKey, { url: 'https://www.youtube.com/shorts/again000001?si=x' })
      expect(again).toMatchObject({ reused: true, source: 'speech', caption: { text: DOUBLE_TEXT } })
      expect(double.requests).toHaveLength(asked)
      expect(await creditsOf(apiKey)).toBe(98)
    })
  })
})

it('costs nothing the second time where the operator says so, and needs no credits then', async () => {
  const folder = await testFolder()
  const server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${double.port}`,
    EARSHOT_EGRESS_CA: double.caFile,
    EARSHOT_REUSE_PRICE: 'free',
  })
  try {
    const { apiKey } = await newAccount(folder.dataDir, 1)
    const ask = async (): Promise<unknown> => {
      const response = await fetch(`${server.origin}/api/public/transcribe`, {
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ url: video('free0000001'), mode: 'speech' }),
      })
      return { header: response.headers.get('earshot-reused'), body: await response.json() }
    }
    expect(await ask()).toMatchObject({ header: null, body: { reused: false } })
    expect(await ask()).toMatchObject({
      header: 'true',
      body: { reused: true, caption: { text: DOUBLE_TEXT } },
    })
    expect(fetchesOf('free0000001')).toBe(1)
  } finally {
    await server.stop()
    await folder.remove()
  }
})
