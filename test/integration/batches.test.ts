/** Batches through the API: made once, begun, paged, told of, cancelled, and had as JSONL and as a ZIP. */
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type {
  BatchItem,
  BatchReply,
  DeleteBatchReply,
  ListBatchesReply,
  ListBatchItemsReply,
} from '../../src/contract/batches.ts'
import type { TranscriptReply } from '../../src/contract/native.ts'
import type { WebhookEvent } from '../../src/contract/webhooks.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { readRows } from '../support/rows.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const PATIENCE = { timeout: 120_000, interval: 100 }
const SECONDS = 3
const programmes = [1, 2, 3].map((seed) => toneProgramme(seed, SECONDS))
const texts = programmes.map((words) => words.map(({ word }) => word).join(' '))

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let env: Record<string, string>
let hooks: Server
let events: WebhookEvent[]
let apiKey: string
let client: NativeClient

beforeAll(async () => {
  hooks = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      events.push(JSON.parse(body) as WebhookEvent)
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((done) => hooks.listen(0, '127.0.0.1', done))
  folder = await testFolder()
  env = {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_WEBHOOK_ALLOW: `127.0.0.1:${(hooks.address() as AddressInfo).port}`,
    // Nothing leaves this machine.
    EARSHOT_EGRESS_DIAL: '127.0.0.1:9',
  }
  server = await startServer(folder.dataDir, env)
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
  hooks?.closeAllConnections()
  hooks?.close()
})
beforeEach(async () => {
  events = []
  apiKey = (await newAccount(folder.dataDir, 20_000)).apiKey
  client = nativeClient(server.origin, apiKey)
})

const send = async (k: number, name = `talk ${k}.wav`): Promise<string> =>
  (await upload(server.origin, apiKey, new Uint8Array(wav(toneAudio(programmes[k]!, SECONDS))), name)).body
    .mediaId

const begin = (body: object, headers: Record<string, string> = {}) =>
  client.call<BatchReply & { error: { details: Record<string, unknown>; message: string } }>(
    'POST',
    '/batches',
    body,
    headers,
  )

const get = async (id: string): Promise<BatchReply> =>
  (await client.call<BatchReply>('GET', `/batches/${id}`)).body
const ended = (id: string): Promise<BatchReply> =>
  vi.waitUntil(async () => {
    const batch = await get(id)
    return batch.finishedAt === null ? undefined : batch
  }, PATIENCE)

const items = async (id: string, query = ''): Promise<ListBatchItemsReply> =>
  (await client.call<ListBatchItemsReply>('GET', `/batches/${id}/items?${query}`)).body

const lines = async (
  id: string,
  query = '',
): Promise<(BatchItem & { transcript: TranscriptReply | null })[]> => {
  const answer = await client.raw(`/batches/${id}.jsonl?${query}`)
  expect(answer.headers.get('content-type')).toMatch(/^application\/jsonl/)
  return (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BatchItem & { transcript: TranscriptReply | null })
}

it('becomes texts, one event, lines and files; what cannot be had fails alone', async () => {
  const { port } = hooks.address() as AddressInfo
  await client.call('POST', '/webhooks', { url: `http://127.0.0.1:${port}/hook` })
  const [first, second] = [await send(0), await send(1)]
  const { status, headers, body } = await begin({
    name: 'Two talks',
    keywords: ['Earshot'],
    items: [
      { mediaId: first, customId: 'a', title: 'Same' },
      { mediaId: 'media_none', customId: 'b' },
      { mediaId: second, title: 'ein Gespräch: 1/2' },
      'https://www.youtube.com/playlist?list=PL12345',
      { mediaId: first, title: 'Same', replacements: [{ from: 'zero', to: 'Nought' }] },
    ],
  })
  expect([status, headers.get('location')]).toEqual([202, `/v1/batches/${body.id}`])
  expect(body).toMatchObject({ name: 'Two talks', state: 'running', total: 5, finishedAt: null })
  const done = await ended(body.id)
  expect(done).toMatchObject({
    state: 'completed',
    counts: { queued: 0, running: 0, succeeded: 3, failed: 2, cancelled: 0 },
    pct: 100,
    creditsDebited: 3,
  })
  await vi.waitUntil(() => events.length > 0, PATIENCE)
  expect(events).toEqual([
    {
      type: 'batch.completed',
      timestamp: expect.any(String),
      data: {
        id: body.id,
        state: 'completed',
        name: 'Two talks',
        total: 5,
        counts: done.counts,
        creditsDebited: 3,
      },
    },
  ])

  const all = await lines(body.id)
  expect(all.map((each) => [each.index, each.customId, each.state, each.error?.code])).toEqual([
    [0, 'a', 'succeeded', undefined],
    [1, 'b', 'failed', 'resource.not_found'],
    [2, null, 'succeeded', undefined],
    [3, null, 'failed', 'link.unsupported'],
    [4, null, 'succeeded', undefined],
  ])
  expect(all.map((each) => each.transcript?.text ?? null)).toEqual([
    texts[0],
    null,
    texts[1],
    null,
    texts[0]!.replaceAll('zero', 'Nought'),
  ])
  expect(all[0]!.transcript!.segments[0]!.words).toBeDefined()
  expect((await lines(body.id, 'words=false'))[0]!.transcript!.segments[0]!.words).toBeUndefined()

  const dir = await mkdtemp(join(tmpdir(), 'earshot-zip-'))
  try {
    const archive = await client.raw(`/batches/${body.id}.zip?format=txt,srt,docx`)
    expect(archive.headers.get('content-type')).toBe('application/zip')
    expect(archive.headers.get('content-disposition')).toContain('Two talks.zip')
    await writeFile(join(dir, 'all.zip'), Buffer.from(await archive.arrayBuffer()))
    // Debian's program where it is installed.
    const unpack =
      'if command -v unzip; then unzip -q all.zip -d out; else python3 -m zipfile -e all.zip out; fi'
    await promisify(execFile)('sh', ['-c', unpack], { cwd: dir, env: { ...process.env, LC_ALL: 'C.UTF-8' } })
    expect((await readdir(join(dir, 'out'))).sort()).toEqual([
      ...['docx', 'srt', 'txt'].map((ending) => `00001 Same.${ending}`),
      ...['docx', 'srt', 'txt'].map((ending) => `00003 ein Gespräch  1 2.${ending}`),
      ...['docx', 'srt', 'txt'].map((ending) => `00005 Same.${ending}`),
      'items.jsonl',
    ])
    expect((await readFile(join(dir, 'out/00001 Same.txt'), 'utf8')).trim()).toBe(texts[0])
    expect(await readFile(join(dir, 'out/00003 ein Gespräch  1 2.srt'), 'utf8')).toContain('-->')
    const list = (await readFile(join(dir, 'out/items.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(list.map((line) => (JSON.parse(line) as { files: string[] }).files.length)).toEqual([
      3, 0, 3, 0, 3,
    ])
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
  const single = await client.call<{ items: { id: string }[] }>('GET', '/transcriptions')
  expect(single.body.items).toHaveLength(3)
})

it('is made once under an idempotency key, and known to its account only', async () => {
  const mediaId = await send(2)
  const key = { 'idempotency-key': 'once' }
  const [one, two] = await Promise.all([
    begin({ items: [{ mediaId }] }, key),
    begin({ items: [{ mediaId }] }, key),
  ])
  expect(one.body).toEqual(two.body)
  expect((await begin({ items: [{ mediaId }, { mediaId }] }, key)).status).toBe(409)
  await ended(one.body.id)
  const list = (await client.call<ListBatchesReply>('GET', '/batches')).body
  expect(list.items.map(({ id }) => id)).toEqual([one.body.id])
  expect((await client.call('GET', '/transcriptions')).body).toMatchObject({ items: [{}] })
  const other = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
  for (const path of ['', '/items', '.jsonl', '.zip'])
    expect((await other.call('GET', `/batches/${one.body.id}${path}`)).status).toBe(404)
  expect((await other.call('DELETE', `/batches/${one.body.id}`)).status).toBe(404)
})

describe('what is refused as a whole', () => {
  const link = 'https://example.com/a.mp3'
  const clip = 'https://youtu.be/dQw4w9WgXcQ'
  it.each<[string, object, string]>([
    ['no items', {}, 'items'],
    ['an empty list', { items: [] }, 'items'],
    ['too many', { items: Array.from({ length: 10_001 }, () => link) }, 'items'],
    ['a number', { items: [link, 7] }, 'items.1'],
    ['an item of nothing', { items: [link, {}] }, 'items.1.mediaId'],
    ['an item of two', { items: [{ url: link, mediaId: 'media_a' }] }, 'items.0.mediaId'],
    ['an unknown field of an item', { items: [{ url: link, wish: 1 }] }, 'items.0.wish'],
    ['an empty name', { items: [{ url: link, customId: '' }] }, 'items.0.customId'],
    ['an unknown field', { items: [link], wish: 1 }, 'wish'],
    ['a model that is not there', { items: [link], model: 'none' }, 'items.0.model'],
    [
      'wishes that contradict',
      { mode: 'captions', items: [{ url: clip, diarize: true }] },
      'items.0.diarize',
    ],
  ])('%s', async (_, asked, field) => {
    const answer = await begin(asked)
    expect([answer.status, answer.body.error.details.field]).toEqual([400, field])
  })

  it('what the account cannot pay', async () => {
    const poor = nativeClient(server.origin, (await newAccount(folder.dataDir, 2)).apiKey)
    const refused = await poor.call<{ error: { details: object } }>('POST', '/batches', {
      items: ['https://example.com/a.mp3', 'https://example.com/b.mp3', 'https://example.com/c.mp3'],
    })
    expect([refused.status, refused.body.error.details]).toEqual([
      402,
      { estimatedCost: 3, currentBalance: 2, reasonCode: 'credits.insufficient' },
    ])
    expect((await poor.call<ListBatchesReply>('GET', '/batches')).body.items).toEqual([])
  })
})

it('of ten thousand links is accepted, paged, and cancelled', async () => {
  const links = Array.from({ length: 10_000 }, (_, k) => ({
    url: `https://example.com/${k}.mp3`,
    customId: `no ${k}`,
  }))
  const { status, body } = await begin({ items: links })
  expect([status, body.total]).toEqual([202, 10_000])
  let cursor: string | null = null
  let seen = 0
  do {
    const page: ListBatchItemsReply = await items(
      body.id,
      `limit=500${cursor === null ? '' : `&cursor=${cursor}`}`,
    )
    for (const item of page.items) expect([item.index, item.customId]).toEqual([seen, `no ${seen++}`])
    cursor = page.nextCursor
  } while (cursor !== null)
  expect(seen).toBe(10_000)
  const outcome = await client.call<DeleteBatchReply>('DELETE', `/batches/${body.id}`)
  expect(outcome.body).toEqual({ id: body.id, outcome: 'cancelled' })
  const done = await ended(body.id)
  expect(done).toMatchObject({ state: 'cancelled', creditsDebited: 0, counts: { queued: 0, running: 0 } })
  expect((await items(body.id, 'state=cancelled&limit=1')).items).toHaveLength(1)
  expect((await client.call('GET', `/batches/${body.id}/items?cursor=x`)).status).toBe(400)
})

it('killed while its items are begun, goes on after the restart, and makes each of them once', async () => {
  const ids = await Promise.all([send(0, 'a.wav'), send(1, 'b.wav')])
  const COUNT = 80
  const { body } = await begin({
    items: Array.from({ length: COUNT }, (_, k) => ({ mediaId: ids[k % 2]!, customId: String(k) })),
  })
  const begun = (): number =>
    readRows<{ n: number }>(
      folder.dataDir,
      `select count(*) as n from transcriptions where batch_id = '${body.id}'`,
    )[0]!.n
  for (const many of [1, 30]) {
    await vi.waitUntil(() => begun() >= many, PATIENCE)
    await server.kill()
    server = await startServer(folder.dataDir, env)
    client = nativeClient(server.origin, apiKey)
  }
  const done = await ended(body.id)
  expect(done).toMatchObject({ counts: { succeeded: COUNT, failed: 0 }, creditsDebited: COUNT })
  const made = readRows<{ batch_index: number }>(
    folder.dataDir,
    `select batch_index from transcriptions where batch_id = '${body.id}' order by batch_index`,
  )
  expect(made.map((row) => row.batch_index)).toEqual(Array.from({ length: COUNT }, (_, k) => k))
  expect((await lines(body.id)).map((each) => each.transcript!.text)).toEqual(
    Array.from({ length: COUNT }, (_, k) => texts[k % 2]),
  )
  expect((await earshot(folder.dataDir, ['credits', 'audit'])).code).toBe(0)
})
