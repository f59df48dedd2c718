/** One link becomes a batch: a playlist and a channel, by unmodified yt-dlp, and a podcast's feed. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { CreditsReply } from '../../src/contract/account.ts'
import type { BatchReply, ListBatchItemsReply, PreviewBatchReply } from '../../src/contract/batches.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { type SocialInstallation, startSocial } from '../support/social.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const PATIENCE = { timeout: 150_000, interval: 100 }

interface Refused {
  error: { message: string; details: { reasonCode: string; field?: string } }
}

const preview = async (client: NativeClient, body: object) =>
  client.call<PreviewBatchReply & Refused>('POST', '/batches/preview', body)

async function finished(client: NativeClient, body: object) {
  const made = await client.call<BatchReply>('POST', '/batches', body)
  expect(made.status).toBe(202)
  const { id } = made.body
  const batch = await vi.waitUntil(async () => {
    const now = (await client.call<BatchReply>('GET', `/batches/${id}`)).body
    return now.finishedAt === null ? undefined : now
  }, PATIENCE)
  const { items } = (await client.call<ListBatchItemsReply>('GET', `/batches/${id}/items`)).body
  return { batch, items }
}

describe('on YouTube', () => {
  let installation: SocialInstallation
  let client: NativeClient
  beforeAll(async () => {
    installation = await startSocial()
    const { apiKey } = await newAccount(installation.dataDir)
    client = nativeClient(installation.server.origin, apiKey)
  })
  afterAll(() => installation?.close())

  it('a playlist: what is in it and what it costs, then all of it', async () => {
    const url = 'https://www.youtube.com/watch?v=listvideo01&list=PLdouble12345'
    const shown = await preview(client, { url })
    expect(shown.body).toEqual({
      source: { url, title: 'Double list' },
      total: 4,
      more: false,
      items: [
        ['listvideo01', 'First video', 3],
        ['listvideo02', 'Second video', 125],
        ['privvideo03', '[Private video]', null],
        ['listvideo04', 'Fourth video', 3],
      ].map(([id, title, durationSeconds]) => ({
        url: `https://www.youtube.com/watch?v=${id}`,
        mediaId: null,
        title,
        durationSeconds,
      })),
      credits: { least: 4, expected: 6, unknown: 1, available: 1000 },
    })
    const { posted, pending } = (await client.call<CreditsReply>('GET', '/credits')).body
    expect([posted, pending]).toEqual([1000, 0])
    const { batch, items } = await finished(client, { url, mode: 'speech' })
    expect(batch).toMatchObject({ name: 'Double list', source: { url, title: 'Double list' }, total: 4 })
    expect(items.map((each) => [each.title, each.state, each.error?.code])).toEqual([
      ['First video', 'succeeded', undefined],
      ['Second video', 'succeeded', undefined],
      ['[Private video]', 'failed', 'fetch.private'],
      ['Fourth video', 'succeeded', undefined],
    ])
  })

  it('a channel: no more of it than is asked for', async () => {
    const shown = await preview(client, { url: 'https://www.youtube.com/@double', limit: 2 })
    expect(shown.body).toMatchObject({
      source: { title: expect.stringContaining('Double channel') },
      total: 2,
      more: true,
      items: [{ title: 'First video' }, { title: 'Second video', durationSeconds: 125 }],
    })
  })

  it.each([
    ['a single post', 'https://www.youtube.com/watch?v=listvideo01', 'link.unsupported', 400],
    ['a profile of a platform without lists', 'https://www.tiktok.com/@someone', 'link.unsupported', 400],
    [
      'a mix, made up for each viewer',
      'https://www.youtube.com/playlist?list=RDabc',
      'link.unsupported',
      400,
    ],
  ])('%s is none', async (_, url, code, status) => {
    for (const path of ['/batches', '/batches/preview']) {
      const answer = await client.call<Refused>('POST', path, { url })
      expect([answer.status, answer.body.error.details.reasonCode]).toEqual([status, code])
    }
  })

  it('a playlist that does not exist', async () => {
    const answer = await preview(client, { url: 'https://www.youtube.com/playlist?list=PLnone12345' })
    expect(answer.status).toBe(422)
    expect(answer.body.error.details.reasonCode).toMatch(/^fetch\./)
  })
})

describe('a podcast', () => {
  const words = toneProgramme(5, 3)
  const recording = wav(toneAudio(words, 3))
  let internet: Server
  let folder: Awaited<ReturnType<typeof testFolder>>
  let server: TestServer
  let client: NativeClient

  const feed = `<rss version="2.0"><channel><title>Tones</title>${[1, 2, 3]
    .map(
      (k) =>
        `<item><title>Episode ${k}</title><guid>g${k}</guid>` +
        `<enclosure url="http://pod.example/${k}.wav" type="audio/x-wav"/></item>`,
    )
    .join('')}</channel></rss>`

  beforeAll(async () => {
    internet = createServer((request, response) => {
      switch (`${request.headers.host}${request.url}`) {
        case 'pod.example/feed':
          return response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed)
        case 'pod.example/moved':
          return response.writeHead(302, { location: 'http://pod.example/feed' }).end()
        case 'pod.example/inside':
          return response.writeHead(302, { location: 'http://169.254.169.254/feed' }).end()
        case 'pod.example/page':
          return response.writeHead(200, { 'content-type': 'text/html' }).end('<html><p>No feed</html>')
        case 'pod.example/empty':
          return response.writeHead(200).end('<rss><channel><title>x</title></channel></rss>')
        case 'pod.example/huge':
          return response.writeHead(200, { 'content-length': 1e10 }).flushHeaders()
        case 'pod.example/1.wav':
        case 'pod.example/2.wav':
          return response.writeHead(200, { 'content-type': 'audio/x-wav' }).end(recording)
        default:
          return response.writeHead(404).end()
      }
    })
    await new Promise<void>((done) => internet.listen(0, '127.0.0.1', done))
    folder = await testFolder()
    server = await startServer(folder.dataDir, {
      EARSHOT_MODEL: folder.model,
      EARSHOT_SLOTS: '1',
      EARSHOT_EGRESS_DIAL: `127.0.0.1:${(internet.address() as AddressInfo).port}`,
    })
    client = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
  })
  afterAll(async () => {
    await server?.stop()
    await folder?.remove()
    internet?.closeAllConnections()
    internet?.close()
  })

  it('is listed, and its episodes become texts', async () => {
    const url = 'http://pod.example/moved'
    expect((await preview(client, { url, limit: 2 })).body).toMatchObject({
      source: { url, title: 'Tones' },
      total: 2,
      more: true,
      items: [{ title: 'Episode 1' }, { title: 'Episode 2' }],
      credits: { least: 2, expected: 2, unknown: 2 },
    })
    const { batch, items } = await finished(client, { url, name: 'Mine' })
    expect(batch).toMatchObject({ name: 'Mine', counts: { succeeded: 2, failed: 1 } })
    expect(items.map((each) => [each.title, each.state])).toEqual([
      ['Episode 1', 'succeeded'],
      ['Episode 2', 'succeeded'],
      ['Episode 3', 'failed'],
    ])
  })

  it.each(['inside', 'page', 'empty', 'huge', 'missing'])('none at /%s', async (path) => {
    const answer = await preview(client, { url: `http://pod.example/${path}` })
    expect([answer.status, answer.body.error.details]).toEqual([
      422,
      { field: 'url', reasonCode: 'fetch.no_feed' },
    ])
    expect(answer.body.error.message).not.toContain('169.254')
  })

  it('and items go not together, nor a limit with items', async () => {
    const url = 'http://pod.example/feed'
    for (const [body, field] of [
      [{ url, items: [url] }, 'items'],
      [{ items: [url], limit: 3 }, 'limit'],
      [{ url, limit: 1001 }, 'limit'],
    ] as const) {
      const answer = await preview(client, body)
      expect([answer.status, answer.body.error.details.field]).toEqual([400, field])
    }
    expect((await preview(client, { items: [url] })).body).toMatchObject({
      source: null,
      total: 1,
      more: false,
    })
  })
})
