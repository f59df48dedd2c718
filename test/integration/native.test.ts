/** The native API: jobs for long media, a library that can be searched and edited, events that resume. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  DeleteTranscriptionReply,
  ListTranscriptionsReply,
  SegmentEvent,
  TranscriptionReply,
  TranscriptionSummary,
} from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient, readEvents, type ServerEvent } from '../support/native.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { random, toneAudio, toneProgramme, wav } from '../support/tone.ts'

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer
let apiKey: string
let client: NativeClient

beforeAll(async () => {
  folder = await testFolder()
  server = await startServer(folder.dataDir, { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '2' })
  apiKey = (await newAccount(folder.dataDir, 5000)).apiKey
  client = nativeClient(server.origin, apiKey)
})
afterAll(async () => {
  await server?.stop()
  await folder?.remove()
})

type Failed = { error: { code: string; details: { field?: string; reasonCode: string } } }

async function store(
  seed: number,
  seconds: number,
  name = `talk-${seed}.wav`,
): Promise<{ mediaId: string; text: string }> {
  const words = toneProgramme(seed, seconds)
  const file = new Uint8Array(wav(toneAudio(words, seconds)))
  const { body } = await upload(server.origin, apiKey, file, name)
  return { mediaId: body.mediaId, text: words.map((w) => w.word).join(' ') }
}

async function make(body: Record<string, unknown>): Promise<TranscriptionReply> {
  const answer = await client.call<TranscriptionReply>('POST', '/transcriptions', body)
  expect(answer.status).toBe(202)
  expect(answer.headers.get('location')).toBe(`/v1/transcriptions/${answer.body.id}`)
  return answer.body
}

describe('a transcription', () => {
  it('is accepted at once, ends by itself, and costs what its length costs', async () => {
    const { mediaId, text } = await store(1, 70)
    const accepted = await make({ mediaId, language: 'en' })
    expect(accepted).toMatchObject({
      state: expect.stringMatching(/queued|running/),
      source: { kind: 'media', mediaId },
      surface: 'native',
      title: 'talk-1.wav',
      language: 'en',
      transcript: null,
    })
    const done = await client.ended(accepted.id)
    expect(done).toMatchObject({
      state: 'succeeded',
      pct: 100,
      creditsDebited: 2,
      durationSeconds: 70,
      standIn: false,
      version: 0,
      error: null,
    })
    expect(done.transcript?.text).toBe(text)
    expect(done.transcript?.segments.some((s) => s.words)).toBe(true)
    const plain = await client.call<TranscriptionReply>('GET', `/transcriptions/${done.id}?words=false`)
    expect(plain.body.transcript?.segments.some((s) => s.words)).toBe(false)
  })

  it.each([
    ['nothing', {}, 'mediaId'],
    ['both', { mediaId: 'media_1', url: 'https://example.com/a.mp3' }, 'mediaId'],
    ['a field that is not there', { mediaId: 'media_1', speed: 2 }, 'speed'],
    ['a language that is none', { mediaId: 'media_1', language: 'english' }, 'language'],
    ['another protocol', { url: 'ftp://example.com/a.mp3' }, 'url'],
    ['a link that is no single video', { url: 'https://www.youtube.com/@someone' }, 'url'],
  ])('is refused for %s', async (_, body, field) => {
    const { status, body: refused } = await client.call<Failed>('POST', '/transcriptions', body)
    expect(status).toBe(400)
    expect(refused.error).toMatchObject({ code: 'validation_error', details: { field } })
  })

  it('is refused for media of another account, and unseen by it', async () => {
    const { mediaId } = await store(2, 3)
    const { id } = await make({ mediaId })
    const other = nativeClient(server.origin, (await newAccount(folder.dataDir)).apiKey)
    expect((await other.call('POST', '/transcriptions', { mediaId })).status).toBe(404)
    for (const [method, path] of [
      ['GET', `/transcriptions/${id}`],
      ['GET', `/transcriptions/${id}.txt`],
      ['GET', `/transcriptions/${id}/events`],
      ['DELETE', `/transcriptions/${id}`],
    ] as const)
      expect((await other.call(method, path)).status, `${method} ${path}`).toBe(404)
    expect((await other.call('PATCH', `/transcriptions/${id}`, { title: 'mine' })).status).toBe(404)
    expect((await other.call<ListTranscriptionsReply>('GET', '/transcriptions')).body.items).toEqual([])
    expect((await client.ended(id)).title).toBe('talk-2.wav')
  })

  it('takes the key in either header, and no other', async () => {
    const answers = await Promise.all(
      [
        ['authorization', `Bearer ${apiKey}`],
        ['soku-api-key', apiKey],
        ['x-api-key', apiKey],
      ].map(([name, key]) => fetch(`${server.origin}/v1/transcriptions`, { headers: { [name!]: key! } })),
    )
    expect(answers.map((a) => a.status)).toEqual([200, 200, 401])
  })
})

describe('events', () => {
  it('tell progress and every segment once, in order, and then the end', async () => {
    const { mediaId, text } = await store(3, 300)
    const { id } = await make({ mediaId })
    const events: ServerEvent[] = []
    for await (const event of readEvents(await client.raw(`/transcriptions/${id}/events`))) events.push(event)

    const segments = events.filter((e) => e.event === 'segment').map((e) => e.data as SegmentEvent)
    expect(segments.map((s) => s.index)).toEqual(segments.map((_, k) => k))
    expect(segments.map((s) => s.text).join(' ')).toBe(text)
    const last = events.at(-1)!
    expect(last).toMatchObject({ event: 'end', id: 'end', data: { id, state: 'succeeded' } })
    const { transcript } = (await client.call<TranscriptionReply>('GET', `/transcriptions/${id}`)).body
    expect(segments.map(({ index: _, ...s }) => s)).toEqual(transcript?.segments)
    const pcts = events.filter((e) => e.event === 'progress').map((e) => (e.data as { pct: number }).pct)
    expect(pcts).toEqual([...pcts].sort((a, b) => a - b))
    expect(events.findIndex((e) => e.event === 'segment')).toBeLessThan(
      events.findLastIndex((e) => e.event === 'progress'),
    )
  })

  it('go on behind the last id that was seen, wherever the line broke', async () => {
    const { mediaId, text } = await store(4, 200)
    const { id } = await make({ mediaId })
    const chance = random(7)
    const heard: string[] = []
    let lastId = ''
    while (lastId !== 'end') {
      const answer = await client.raw(`/transcriptions/${id}/events`, {
        headers: lastId ? { 'last-event-id': lastId } : {},
      })
      for await (const event of readEvents(answer)) {
        lastId = event.id
        if (event.event === 'segment') heard.push((event.data as SegmentEvent).text)
        if (chance() < 0.2) break
      }
    }
    expect(heard.join(' ')).toBe(text)
    const over = await client.raw(`/transcriptions/${id}/events`, { headers: { 'last-event-id': 'end' } })
    expect(over.status).toBe(204)
  })
})

describe('DELETE', () => {
  it('cancels what is under way for nothing, then removes it', async () => {
    const { mediaId } = await store(5, 900)
    const { id } = await make({ mediaId })
    const cancelled = await client.call<DeleteTranscriptionReply>('DELETE', `/transcriptions/${id}`)
    expect(cancelled.body).toEqual({ id, outcome: 'cancelled' })
    expect(await client.ended(id)).toMatchObject({
      state: 'cancelled',
      creditsDebited: 0,
      error: { code: 'transcription.cancelled' },
    })
    const removed = await client.call<DeleteTranscriptionReply>('DELETE', `/transcriptions/${id}`)
    expect(removed.body).toEqual({ id, outcome: 'removed' })
    expect((await client.call('GET', `/transcriptions/${id}`)).status).toBe(404)
    expect((await earshot(folder.dataDir, ['credits', 'audit'])).code).toBe(0)
  })

  it('takes edits and what was found with it', async () => {
    const { mediaId } = await store(6, 5, 'Hapaxlegomenon.wav')
    const { id } = await make({ mediaId })
    const { transcript } = await client.ended(id)
    await client.call('PATCH', `/transcriptions/${id}`, { segments: transcript?.segments, version: 0 })
    const find = async () =>
      (await client.call<ListTranscriptionsReply>('GET', '/transcriptions?q=hapaxlego')).body.items.map(
        (t) => t.id,
      )
    expect(await find()).toEqual([id])
    await client.call('DELETE', `/transcriptions/${id}`)
    expect(await find()).toEqual([])
  })
})

describe('files', () => {
  it.each([
    ['txt', 'text/plain; charset=utf-8', /^\w+ \w+/],
    ['srt', 'application/x-subrip; charset=utf-8', /^1\n00:00:0/],
    ['vtt', 'text/vtt; charset=utf-8', /^WEBVTT\n/],
    ['json', 'application/json; charset=utf-8', /^\{\n {2}"text"/],
  ])('%s', async (format, type, shape) => {
    const { mediaId } = await store(8, 12, 'Zürich “live”.wav')
    const { id } = await make({ mediaId })
    await client.ended(id)
    const answer = await client.raw(`/transcriptions/${id}.${format}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-disposition')).toContain(
      `filename*=UTF-8''Z%C3%BCrich%20%E2%80%9Clive%E2%80%9D.${format}`,
    )
    expect(await answer.text()).toMatch(shape)
  })

  it('are 409 while there is no text', async () => {
    const { mediaId } = await store(9, 600)
    const { id } = await make({ mediaId })
    await client.call('DELETE', `/transcriptions/${id}`)
    const { status, body } = await client.call<Failed>('GET', `/transcriptions/${id}.srt`)
    expect(status).toBe(409)
    expect(body.error.details.reasonCode).toBe('transcription.no_text')
  })
})

describe('PATCH', () => {
  it('keeps the original beside what was edited, and refuses to overwrite another’s changes', async () => {
    const { mediaId, text } = await store(10, 8)
    const { id } = await make({ mediaId })
    await client.ended(id)
    const segments = [
      { start: 0, end: 3, text: 'Grüezi mitenand', speaker: 'Anna' },
      { start: 3, end: 8, text: 'und tschüss' },
    ]
    const path = `/transcriptions/${id}`
    const saved = await client.call<TranscriptionReply>('PATCH', path, {
      title: 'Gruss',
      segments,
      version: 0,
    })
    expect(saved.body).toMatchObject({
      title: 'Gruss',
      version: 1,
      transcript: { text: 'Grüezi mitenand und tschüss', segments },
    })
    const late = await client.call<Failed>('PATCH', path, { segments, version: 0 })
    expect(late.status).toBe(409)
    expect(late.body.error.details).toMatchObject({ reasonCode: 'edit.conflict', version: 1 })
    const original = await client.call<TranscriptionReply>('GET', `${path}?original=true`)
    expect(original.body.transcript?.text).toBe(text)
    expect(await (await client.raw(`${path}.srt`)).text()).toContain('Anna: Grüezi mitenand')

    const found = await client.call<ListTranscriptionsReply>('GET', '/transcriptions?q=gruezi')
    expect(found.body.items).toMatchObject([
      { id, title: 'Gruss', hitCount: 1, hits: [{ start: 0, snippet: 'Grüezi mitenand', marks: [[0, 6]] }] },
    ])
    const reverted = await client.call<TranscriptionReply>('PATCH', path, { revert: true })
    expect(reverted.body).toMatchObject({ version: 2, transcript: { text } })
    const gone = await client.call<ListTranscriptionsReply>('GET', '/transcriptions?q=gruezi')
    expect(gone.body.items).toEqual([])
  })

  it.each([
    [
      'falling times',
      [
        { start: 5, end: 6, text: 'b' },
        { start: 1, end: 2, text: 'a' },
      ],
    ],
    ['an end before its start', [{ start: 5, end: 4, text: 'b' }]],
    ['a negative time', [{ start: -1, end: 4, text: 'b' }]],
  ])('refuses %s', async (_, segments) => {
    const { mediaId } = await store(11, 4)
    const { id } = await make({ mediaId })
    await client.ended(id)
    expect((await client.call('PATCH', `/transcriptions/${id}`, { segments, version: 0 })).status).toBe(400)
  })
})

describe('the list', () => {
  let own: NativeClient
  let ids: string[]

  beforeAll(async () => {
    const account = await newAccount(folder.dataDir)
    own = nativeClient(server.origin, account.apiKey)
    const file = new Uint8Array(wav(toneAudio(toneProgramme(20, 3), 3)))
    const { body } = await upload(server.origin, account.apiKey, file, 'short.wav')
    ids = []
    for (const title of ['Alpha one', 'Beta two', 'Alpha gamma', 'Épsilon', '日本語の会議']) {
      const made = await own.call<TranscriptionReply>('POST', '/transcriptions', {
        mediaId: body.mediaId,
        title,
      })
      ids.push(made.body.id)
      await own.ended(made.body.id)
    }
  })

  const listed = async (query: string) =>
    (await own.call<ListTranscriptionsReply>('GET', `/transcriptions?${query}`)).body

  it('comes newest first, a page at a time, each once', async () => {
    const seen: TranscriptionSummary[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: ListTranscriptionsReply = await listed(`limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items)
      cursor = page.nextCursor
    }
    expect(seen.map((t) => t.id)).toEqual([...ids].reverse())
    expect(seen[0]).not.toHaveProperty('transcript')
  })

  it.each([
    ['alpha', [0, 2]],
    ['ALPHA gam', [2]],
    ['epsi', [3]],
    ['会議', [4]],
    ['alpha beta', []],
    ['"; drop table', []],
    ['…!', []],
  ])('finds %s', async (q, found) => {
    const { items } = await listed(`q=${encodeURIComponent(q)}`)
    expect(items.map((t) => ids.indexOf(t.id)).sort()).toEqual(found)
  })

  it('filters', async () => {
    expect((await listed('state=failed')).items).toEqual([])
    expect((await listed('state=succeeded&q=beta')).items.map((t) => t.id)).toEqual([ids[1]])
    expect((await listed('platform=youtube')).items).toEqual([])
    const { createdAt } = (await listed('limit=1')).items[0]!
    expect((await listed(`createdAfter=${createdAt}`)).items.map((t) => t.id)).toEqual([ids[4]])
    expect((await listed(`createdBefore=${createdAt}`)).items).toHaveLength(4)
  })

  it('refuses what it cannot read', async () => {
    for (const query of [
      'cursor=x',
      'limit=0',
      'limit=1000',
      'state=done',
      'page=2',
      'createdAfter=yesterday',
    ])
      expect((await own.call('GET', `/transcriptions?${query}`)).status, query).toBe(400)
  })
})
