/** One link becomes a batch: a playlist and a channel, by unmodified yt-dlp, and a podcast's feed. */
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Earshot } from '../../src/client/index.ts'
import type { CreditsReply } from '../../src/contract/account.ts'
import type { BatchReply, ListBatchItemsReply, PreviewBatchReply } from '../../src/contract/batches.ts'
import type { ListEntriesReply, SubscriptionReply } from '../../src/contract/subscriptions.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, earshot as run, startServer, type TestServer, testFolder } from '../support/server.ts'
import { type SocialInstallation, startSocial } from '../support/social.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const PATIENCE = { timeout: 150_000, interval: 100 }

interface Refused {
  error: { message: string; details: { reasonCode: string; field?: string } }
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
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
  let apiKey: string

  const command = (...args: string[]) =>
    run(folder.dataDir, args, { EARSHOT_SERVER: server.origin, EARSHOT_KEY: apiKey })

  const feedOf = (episodes: number[]): string =>
    `<rss version="2.0"><channel><title>Tones</title>${episodes
      .map(
        (k) =>
          `<item><title>Episode ${k}</title><guid>g${k}</guid>` +
          `<enclosure url="http://pod.example/${k}.wav" type="audio/x-wav"/></item>`,
      )
      .join('')}</channel></rss>`
  const feed = feedOf([1, 2, 3])
  let weekly: number[] | undefined = [1]

  beforeAll(async () => {
    internet = createServer((request, response) => {
      switch (`${request.headers.host}${request.url}`) {
        case 'pod.example/feed':
          return response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(feed)
        case 'pod.example/weekly':
          return weekly ? response.end(feedOf(weekly)) : response.writeHead(503).end()
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
    apiKey = (await newAccount(folder.dataDir)).apiKey
    client = nativeClient(server.origin, apiKey)
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

  it('can be subscribed to: new entries are transcribed, and errors are reported', async () => {
    const url = 'http://pod.example/weekly'
    const body = { url, language: 'en', name: 'Weekly' }
    const { status, body: made } = await client.call<SubscriptionReply>('POST', '/subscriptions', body)
    expect(status).toBe(201)
    expect(made).toMatchObject({
      title: 'Tones',
      name: 'Weekly',
      state: 'active',
      everyMinutes: 60,
      limit: 20,
      options: { language: 'en' },
      lastLook: { found: 0, error: null },
    })
    const path = `/subscriptions/${made.id}`
    const again = await client.call<Refused>('POST', '/subscriptions', { url })
    expect([again.status, again.body.error.details]).toEqual([
      409,
      { field: 'url', subscriptionId: made.id, reasonCode: 'subscription.exists' },
    ])

    weekly = [2, 1]
    expect((await client.call('POST', `${path}/look`)).status).toBe(202)
    const entries = await vi.waitUntil(async () => {
      const { items } = (await client.call<ListEntriesReply>('GET', `${path}/entries`)).body
      return items.some(({ state }) => state === 'succeeded') ? items : undefined
    }, PATIENCE)
    expect(entries).toMatchObject([{ title: 'Episode 2', url: 'http://pod.example/2.wav' }])
    const { lastBatchId, waiting } = (await client.call<SubscriptionReply>('GET', path)).body
    expect([entries[0]?.batchId, waiting]).toEqual([lastBatchId, 0])
    const batch = (await client.call<BatchReply>('GET', `/batches/${lastBatchId}`)).body
    expect(batch).toMatchObject({ subscriptionId: made.id, name: 'Weekly', total: 1 })

    weekly = undefined
    await client.call('POST', `${path}/look`)
    const away = await vi.waitUntil(async () => {
      const now = (await client.call<SubscriptionReply>('GET', path)).body
      return now.failures > 0 ? now : undefined
    }, PATIENCE)
    expect(away.lastLook?.error).toEqual({
      code: 'fetch.no_feed',
      message: 'The address answered 503 instead of a feed.',
    })
    const paused = await client.call<SubscriptionReply>('PATCH', path, { paused: true, everyMinutes: 15 })
    expect(paused.body).toMatchObject({ state: 'paused', nextLookAt: null, everyMinutes: 15 })
    expect((await client.call('DELETE', path)).status).toBe(204)
    expect((await client.call('GET', path)).status).toBe(404)
  })

  it('by the client and on the command line', async () => {
    const url = 'http://pod.example/feed'
    const earshot = new Earshot({ baseUrl: server.origin, apiKey })
    const preview = await command('batch', '--list', url, '--limit', '2', '--preview')
    expect(JSON.parse(preview.stdout)).toMatchObject({ total: 2, more: true, credits: { least: 2 } })
    const zip = join(folder.dataDir, 'texts.zip')
    const ended = await command('batch', '--list', url, '--limit', '1', '-o', zip, '--format', 'srt')
    const { id, counts } = JSON.parse(ended.stdout) as BatchReply
    expect([ended.code, counts.succeeded]).toEqual([0, 1])
    expect(Object.keys(unzipSync(readFileSync(zip))).filter((name) => name.endsWith('.srt'))).toHaveLength(1)
    const shown: number[] = []
    expect(await earshot.batches.wait(id, { onProgress: ({ pct }) => shown.push(pct) })).toMatchObject({ id })
    expect(shown).toEqual([100])
    const items = await collected(earshot.batches.items(id))
    expect(items.map(({ title, state }) => [title, state])).toEqual([['Episode 1', 'succeeded']])
    expect(unzipSync(await earshot.batches.zip(id, ['txt', 'vtt']))).toHaveProperty(['items.jsonl'])
    expect((await collected(earshot.batches.list())).some((each) => each.id === id)).toBe(true)

    const added = await command('subscriptions', 'add', url, '--every', '90', '--language', 'en')
    const made = JSON.parse(added.stdout) as SubscriptionReply
    expect(made).toMatchObject({ title: 'Tones', everyMinutes: 90, options: { language: 'en' } })
    const again = await command('subscriptions', 'add', url)
    expect([again.code, again.stdout, again.stderr]).toEqual([1, '', expect.stringContaining(made.id)])
    await command('subscriptions', 'pause', made.id)
    const [listed] = await collected(earshot.subscriptions.list())
    expect(listed).toMatchObject({ id: made.id, state: 'paused' })
    expect((await earshot.subscriptions.change(made.id, { paused: false, limit: 5 })).limit).toBe(5)
    expect(await collected(earshot.subscriptions.entries(made.id))).toEqual([])
    const removed = await command('subscriptions', 'remove', made.id)
    expect(JSON.parse(removed.stdout)).toEqual({ id: made.id, removed: true })
    expect(JSON.parse((await command('subscriptions', 'list')).stdout)).toEqual([])
    expect(await earshot.posts.accounts()).toEqual([])
  })

  it.each([
    [{ url: 'http://pod.example/page' }, 422, 'url'],
    [{ url: 'https://www.youtube.com/watch?v=listvideo01' }, 400, 'url'],
    [{ url: 'http://pod.example/feed', everyMinutes: 1 }, 400, 'everyMinutes'],
    [{ url: 'http://pod.example/feed', langauge: 'en' }, 400, 'langauge'],
    [{}, 400, 'url'],
  ])('no subscription of %j', async (body, status, field) => {
    const answer = await client.call<Refused>('POST', '/subscriptions', body)
    expect([answer.status, answer.body.error.details.field]).toEqual([status, field])
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
