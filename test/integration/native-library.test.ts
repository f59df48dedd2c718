/** What a page needs to know about the library as a whole: what there is, what can be asked, many at once. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import type {
  BinReply,
  ListDeletionsReply,
  RestoreReply,
  RetentionReply,
  TagReply,
} from '../../src/contract/archive.ts'
import type {
  CapabilitiesReply,
  DeleteTranscriptionsReply,
  FacetsReply,
  ListTranscriptionsReply,
  TranscriptionReply,
} from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient
let stranger: NativeClient
let fromFiles: string[]
let fromAddress: string

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, {
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_PRICE_SOKU: '3/min',
    EARSHOT_MAX_UPLOAD_MB: '7',
  })
  apiKey = (await newAccount(folder.dataDir)).apiKey
  client = nativeClient(server.origin, apiKey)
  stranger = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
  const file = new Uint8Array(wav(toneAudio(toneProgramme(1, 5), 5)))
  const { body } = await upload(server.origin, apiKey, file)
  const make = async (input: Record<string, unknown>): Promise<string> => {
    const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', input)
    await client.ended(body.id)
    return body.id
  }
  fromFiles = [
    await make({ mediaId: body.mediaId, language: 'en' }),
    await make({ mediaId: body.mediaId, language: 'en' }),
    await make({ mediaId: body.mediaId, language: 'de' }),
  ]
  // The guard lets nobody in here, so this one fails.
  fromAddress = await make({ url: 'http://127.0.0.1/talk.mp3' })
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

const facets = async (who = client): Promise<FacetsReply> =>
  (await who.call<FacetsReply>('GET', '/transcriptions/facets')).body
const listed = async (query: string): Promise<string[]> =>
  (await client.call<ListTranscriptionsReply>('GET', `/transcriptions?${query}`)).body.items.map(
    ({ id }) => id,
  )

it('says what can be asked, and what it costs', async () => {
  const { body } = await client.call<CapabilitiesReply>('GET', '/capabilities')
  expect(body).toMatchObject({
    models: [{ name: 'model', standIn: false, wordTimes: true, translates: false, prompts: false }],
    price: { kind: 'per_minute', credits: 3 },
    defaultMode: 'auto',
    maxUploadBytes: 7 * 1024 * 1024,
    maxMediaSeconds: 86_400,
  })
})

it('counts what is there, the most frequent first, and nobody else’s', async () => {
  expect(await facets()).toEqual({
    total: 4,
    states: [
      { state: 'succeeded', count: 3 },
      { state: 'failed', count: 1 },
    ],
    sources: [
      { source: 'upload', count: 3 },
      { source: 'url', count: 1 },
    ],
    languages: [
      { language: 'en', count: 2 },
      { language: 'de', count: 1 },
    ],
    tags: [],
    binned: 0,
  })
  expect((await facets(stranger)).total).toBe(0)
})

it('lists by where the media came from', async () => {
  expect(await listed('source=upload')).toEqual([...fromFiles].reverse())
  expect(await listed('source=url')).toEqual([fromAddress])
  expect(await listed('source=youtube')).toEqual([])
  expect((await client.call('GET', '/transcriptions?source=elsewhere')).status).toBe(400)
})

const post = <T>(path: string, body: object, who = client) => who.call<T>('POST', path, { ...body })

it('tags many at once, ignoring capitals, and lists and counts by tag', async () => {
  const [first = '', second = '', third = ''] = fromFiles
  const add = await post<TagReply>('/transcriptions/tags', {
    ids: [first, second],
    add: ['Board', 'Q&A 1/2'],
  })
  expect(add.body.items.map(({ tags }) => tags)).toEqual([
    ['Board', 'Q&A 1/2'],
    ['Board', 'Q&A 1/2'],
  ])
  await post('/transcriptions/tags', { ids: [second, third], add: ['board'], remove: ['q&a 1/2'] })
  expect((await facets()).tags).toEqual([
    { tag: 'Board', count: 2 },
    { tag: 'Q&A 1/2', count: 1 },
    { tag: 'board', count: 1 },
  ])
  expect(await listed('tag=Board')).toEqual([second, first])
  expect(await listed(`tag=${encodeURIComponent('Q&A 1/2')}`)).toEqual([first])
  expect(await listed('tag=oard')).toEqual([])
  expect((await client.call<TranscriptionReply>('GET', `/transcriptions/${second}`)).body.tags).toEqual([
    'Board',
  ])
  for (const wrong of [
    { add: ['a,b'] },
    { add: [' '] },
    {},
    { add: Array.from({ length: 21 }, (_, k) => `t${k}`) },
  ])
    expect((await post('/transcriptions/tags', { ids: [first], ...wrong })).status).toBe(400)
  expect(
    (await post<TagReply>('/transcriptions/tags', { ids: [first], add: ['x'] }, stranger)).body.items,
  ).toEqual([])
})

it('lists in every order, page after page', async () => {
  const inPages = async (order: string): Promise<string[]> => {
    const ids: string[] = []
    let cursor: string | null = ''
    do {
      const query: string = new URLSearchParams({ order, limit: '1', ...(cursor && { cursor }) }).toString()
      const { body } = await client.call<ListTranscriptionsReply>('GET', `/transcriptions?${query}`)
      ids.push(...body.items.map(({ id }) => id))
      cursor = body.nextCursor
    } while (cursor !== null)
    return ids
  }
  const newest = [fromAddress, ...[...fromFiles].reverse()]
  expect(await inPages('newest')).toEqual(newest)
  expect(await inPages('oldest')).toEqual([...newest].reverse())
  for (const [order, reverse] of [
    ['longest', 'shortest'],
    ['shortest', 'longest'],
  ] as const)
    expect(await inPages(order)).toEqual([...(await inPages(reverse))].reverse())
  expect((await inPages('title')).at(-1)).toBe(fromAddress)
  expect([...(await inPages('title'))].sort()).toEqual([...newest].sort())
  const { body } = await client.call<ListTranscriptionsReply>('GET', '/transcriptions?order=title&limit=1')
  for (const cursor of [body.nextCursor, 'W10', 'e30', '!'])
    expect((await client.call('GET', `/transcriptions?order=longest&cursor=${cursor}`)).status).toBe(400)
})

it('moves to the bin and restores; in the bin nothing is listed, counted or shared', async () => {
  const [first = '', second = ''] = fromFiles
  const { body: share } = await post<{ token: string }>(`/transcriptions/${first}/shares`, {})
  const shared = async (): Promise<number> =>
    (await fetch(`${server.origin}/api/shared/${share.token}`)).status
  expect(await shared()).toBe(200)
  expect(
    (await post<BinReply>('/transcriptions/bin', { ids: [first, second] }, stranger)).body.items,
  ).toEqual([])
  const { total } = await facets()
  await post('/transcriptions/bin', { ids: [first, second, 'tj_nothing'] })
  expect(await facets()).toMatchObject({ total: total - 2, binned: 2 })
  expect(await listed('source=upload')).toEqual([fromFiles[2]])
  expect(await listed('bin=true')).toEqual([second, first])
  expect(await shared()).not.toBe(200)
  const one = await client.call<TranscriptionReply>('GET', `/transcriptions/${first}`)
  expect(Date.parse(one.body.binnedAt ?? '')).toBeGreaterThan(0)
  const { body } = await post<RestoreReply>('/transcriptions/restore', { ids: [first, second, 'tj_nothing'] })
  expect(new Set(body.items.map(({ id }) => id))).toEqual(new Set([first, second]))
  expect(await facets()).toMatchObject({ total, binned: 0 })
  expect(await shared()).toBe(200)
})

it('reads and replaces the account’s rules', async () => {
  const rules = (who = client) => who.call<RetentionReply>('GET', '/retention')
  const server = { transcriptDays: 0, mediaDays: 0, binDays: 30 }
  expect((await rules()).body).toEqual({
    transcriptDays: null,
    mediaDays: null,
    membersDelete: false,
    server,
  })
  const wanted = { transcriptDays: 90, mediaDays: 7, membersDelete: true }
  expect((await client.call('PUT', '/retention', wanted)).body).toEqual({ ...wanted, server })
  expect((await rules()).body).toEqual({ ...wanted, server })
  expect((await rules(stranger)).body.mediaDays).toBe(null)
  for (const wrong of [{ ...wanted, mediaDays: 0 }, { mediaDays: 3 }])
    expect((await client.call('PUT', '/retention', wrong)).status).toBe(400)
})

it('cancels what is under way, which stays listed', async () => {
  const { body: media } = await upload(server.origin, apiKey, new Uint8Array(wav(toneAudio([], 200))))
  const { body } = await client.call<TranscriptionReply>('POST', '/transcriptions', {
    mediaId: media.mediaId,
  })
  const answer = await client.call<DeleteTranscriptionsReply>('POST', '/transcriptions/delete', {
    ids: [body.id],
  })
  expect(answer.body.items).toEqual([{ id: body.id, outcome: 'cancelled' }])
  expect(await listed('state=cancelled')).toEqual([body.id])
})

it('removes many at once, and passes over what is not there', async () => {
  const remove = (who: NativeClient, ids: string[]) =>
    who.call<DeleteTranscriptionsReply>('POST', '/transcriptions/delete', { ids })
  expect((await remove(stranger, fromFiles)).body.items).toEqual([])
  const { total } = await facets()
  const [first = '', second = ''] = fromFiles
  const { body } = await remove(client, [first, second, first, 'tj_nothing'])
  expect(new Set(body.items.map(({ id, outcome }) => `${id} ${outcome}`))).toEqual(
    new Set([`${first} removed`, `${second} removed`]),
  )
  expect((await facets()).total).toBe(total - 2)
  expect((await client.call('GET', `/transcriptions/${first}`)).status).toBe(404)
  const receipts = await client.call<ListDeletionsReply>('GET', '/deletions')
  expect(receipts.body.items.map(({ id }) => id).sort()).toEqual([first, second].sort())
  for (const receipt of receipts.body.items)
    expect(receipt).toMatchObject({
      reason: 'deleted',
      deletedBy: 'default',
      durationSeconds: 5,
      mediaDeleted: false,
    })
  expect((await stranger.call<ListDeletionsReply>('GET', '/deletions')).body.items).toEqual([])
  expect((await remove(client, [])).status).toBe(400)
})
