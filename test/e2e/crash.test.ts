/**
 * `kill -9` of the whole server at random moments, while recordings of several parts are under way, and while a
 * subscription, batches and posts are. What was accepted ends after the restart, nothing is done twice, and the ledger is
 * right.
 */
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { nativeClient } from '../support/native.ts'
import { type Asked, HookDouble } from '../support/post-doubles.ts'
import { alive, descendantsOf } from '../support/processes.ts'
import { readRows as rowsOf } from '../support/rows.ts'
import { earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { random, toneAudio, toneProgramme, wav } from '../support/tone.ts'

const ROUNDS = 8
const JOBS = 4
/** Two credits, and several parts. */
const SECONDS = 61
const SEED = 4711
/** Of the second test. */
const LIST_ROUNDS = 3
const BATCH_ITEMS = 3
const CLIP_SECONDS = 3

let folder: Awaited<ReturnType<typeof testFolder>>
let server: TestServer | undefined
let env: Record<string, string>

beforeAll(async () => {
  folder = await testFolder()
  env = { EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '2' }
})

afterAll(async () => {
  await server?.kill().catch(() => {})
  await folder?.remove()
})

interface Row {
  id: string
  state: string
  transcript: string | null
  credits_debited: number | null
}

const readRows = <T>(query: string): T[] => rowsOf<T>(folder.dataDir, query)

interface StoredPart {
  transcription_id: string
  idx: number
  created_at: number
}

/** They go with the end of their transcription. */
const partsNow = (): StoredPart[] =>
  readRows<StoredPart>('select transcription_id, idx, created_at from parts')
const keyOf = ({ transcription_id, idx }: StoredPart): string => `${transcription_id} ${idx}`

async function eventually(what: string, check: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`${what} did not happen`)
    await sleep(50)
  }
}

it(`survives ${ROUNDS} rounds of kill -9 without losing, repeating or charging anything twice`, {
  timeout: 600_000,
}, async () => {
  const next = random(SEED)
  const { accountId, apiKey } = await newAccount(folder.dataDir, 10_000)
  const truths: string[] = []
  const mediaIds: string[] = []
  server = await startServer(folder.dataDir, env)
  for (let k = 0; k < JOBS; k++) {
    const words = toneProgramme(SEED + k, SECONDS)
    truths.push(words.map((w) => w.word).join(' '))
    const { body } = await upload(server.origin, apiKey, Buffer.from(wav(toneAudio(words, SECONDS))))
    mediaIds.push(body.mediaId)
  }

  const accepted = new Map<string, string>()
  /** Every part that was ever seen stored, with the time at which it was. */
  const stored = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    server ??= await startServer(folder.dataDir, env)
    const { origin, pid } = server
    const before = new Set(readRows<Row>('select id from transcriptions').map((r) => r.id))
    mediaIds.forEach((mediaId) => {
      transcribe(origin, apiKey, { mediaId }).catch(() => {}) // the kill breaks the connection
    })
    // Every other time in the middle of the work, however slow the machine is.
    if (round % 2 === 1)
      await eventually('another part', () => partsNow().some((part) => !stored.has(keyOf(part))))
    await sleep(next() * (round % 2 === 1 ? 300 : 1200))
    const children = descendantsOf(pid)
    await server.kill()
    server = undefined
    await eventually('the end of the children', () => !children.some(alive))
    for (const { id } of readRows<Row>('select id from transcriptions'))
      if (!before.has(id)) accepted.set(id, 'accepted')
    for (const part of partsNow()) {
      const key = keyOf(part)
      // A part that was stored in an earlier round is still that very row: nobody computed it again.
      expect(stored.get(key) ?? part.created_at).toBe(part.created_at)
      stored.set(key, part.created_at)
    }
  }

  server = await startServer(folder.dataDir, env)
  await eventually(
    'the end of every accepted transcription',
    () => readRows("select id from transcriptions where state in ('queued', 'running')").length === 0,
    300_000,
  )
  const rows = readRows<Row & { title: string; media_id: string }>('select * from transcriptions')
  expect(accepted.size).toBeGreaterThan(ROUNDS)
  for (const row of rows) {
    expect(row).toMatchObject({ state: 'succeeded', error_code: null, error_message: null })
    const { text } = JSON.parse(row.transcript!) as { text: string }
    expect(text).toBe(truths[mediaIds.indexOf(row.media_id)])
    expect(row.credits_debited).toBe(Math.ceil(SECONDS / 60))
  }
  expect(stored.size).toBeGreaterThan(0)

  const audit = await earshot(folder.dataDir, ['credits', 'audit'])
  expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
  const balance = JSON.parse((await earshot(folder.dataDir, ['credits', 'balance', accountId])).stdout)
  expect(balance).toEqual({
    posted: 10_000 - rows.length * Math.ceil(SECONDS / 60),
    pending: 0,
    available: 10_000 - rows.length * Math.ceil(SECONDS / 60),
  })
})

/** All that is outside: a podcast whose feed grows, recordings under every other address, and what posts are sent to. */
class Outside extends HookDouble {
  episodes = 1
  readonly #recording = wav(toneAudio(toneProgramme(SEED, CLIP_SECONDS), CLIP_SECONDS))

  protected override answer(asked: Asked, response: ServerResponse): unknown {
    const { pathname } = asked.url
    if (pathname === '/hook') return super.answer(asked, response)
    if (pathname === '/feed') return response.end(this.#feed())
    return response.writeHead(200, { 'content-type': 'audio/wav' }).end(this.#recording)
  }

  get posted(): Asked[] {
    return this.asked.filter(({ url }) => url.pathname === '/hook')
  }

  #feed(): string {
    const items = Array.from(
      { length: this.episodes },
      (_, k) =>
        `<item><title>Episode ${k}</title><guid>g${k}</guid>` +
        `<enclosure url="http://pod.example/episode-${k}.wav" type="audio/wav"/></item>`,
    )
    return `<rss version="2.0"><channel><title>Tones</title>${items.reverse().join('')}</channel></rss>`
  }
}

/** Requests of one account, each asked under its key until it is answered, as a client does whose server went away. */
function insistent(apiKey: string) {
  const open = new Map<string, { path: string; body: object; answered?: unknown }>()
  return {
    open,
    ask(key: string, path: string, body: object): void {
      open.set(key, { path, body })
    },
    async send(origin: string): Promise<void> {
      const client = nativeClient(origin, apiKey)
      await Promise.all(
        [...open].map(async ([key, request]) => {
          const answer = await client
            .call('POST', request.path, request.body, { 'idempotency-key': key, 'soku-api-key': apiKey })
            .catch((error: Error) => ({ status: 0, body: error.message }))
          if (answer.status >= 200 && answer.status < 300) open.delete(key)
          else request.answered = { status: answer.status, body: answer.body }
        }),
      )
    },
  }
}

it(`nor what a subscription, batches and posts have under way, in ${LIST_ROUNDS} rounds`, {
  timeout: 600_000,
}, async () => {
  const next = random(SEED)
  const [outside, own] = [new Outside(), await testFolder()]
  const host = await outside.listen()
  const rows = <T>(query: string): T[] => rowsOf<T>(own.dataDir, query)
  const settings = {
    EARSHOT_MODEL: own.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_EGRESS_DIAL: host,
    EARSHOT_POST_ALLOW: host,
  }
  const { accountId, apiKey } = await newAccount(own.dataDir, 1000)
  const requests = insistent(apiKey)
  let running: TestServer | undefined = await startServer(own.dataDir, settings)
  try {
    const client = nativeClient(running.origin, apiKey)
    const connected = await client.call('POST', '/post-accounts', {
      platform: 'webhook',
      url: `${outside.origin}/hook`,
    })
    expect(connected.status).toBe(201)
    const subscription = { url: 'http://pod.example/feed', backlog: 1 }
    const { id } = (await client.call<{ id: string }>('POST', '/subscriptions', subscription)).body
    const look = (origin: string) =>
      nativeClient(origin, apiKey)
        .call('POST', `/subscriptions/${id}/look`)
        .catch(() => {})
    for (let round = 0; round < LIST_ROUNDS; round++) {
      running ??= await startServer(own.dataDir, settings)
      outside.episodes += 2
      const items = Array.from({ length: BATCH_ITEMS }, (_, k) => `http://pod.example/${round}-${k}.wav`)
      requests.ask(`batch ${round}`, '/batches', { items })
      const content = { text: `Post ${round}`, platform: 'webhook' }
      requests.ask(`post ${round}`, '/posts', { post: { content } })
      const sent = outside.posted.length
      const asking = [requests.send(running.origin), look(running.origin)]
      // Each time in the middle of something else, however slow the machine is.
      if (round === 0)
        await eventually(
          'a transcription',
          () => rows("select id from transcriptions where state = 'running'").length > 0,
        )
      if (round === 1) await eventually('a post', () => outside.posted.length > sent)
      if (round === 2)
        await eventually(
          'a new entry',
          () => rows('select key from subscription_entries').length >= outside.episodes,
        )
      await sleep(next() * 300)
      await running.kill()
      running = undefined
      await Promise.all(asking)
    }

    running = await startServer(own.dataDir, settings)
    const { origin } = running
    // A key whose request died with its server is free again only when that one's claim has run out.
    await eventually(
      'answers to all requests',
      async () => {
        await requests.send(origin)
        if (requests.open.size > 0) await sleep(3000)
        return requests.open.size === 0
      },
      120_000,
    ).catch((cause: unknown) => {
      throw new Error(JSON.stringify([...requests.open.values()]), { cause })
    })
    await look(origin)
    await eventually(
      'the end of all that was begun',
      () =>
        rows("select key from subscription_entries where state = 'taken'").length === outside.episodes &&
        rows("select id from batches where state <> 'completed'").length === 0 &&
        rows("select id from posts where state <> 'published'").length === 0,
      300_000,
    )
    const links = rows<{ link_url: string; state: string }>('select link_url, state from transcriptions')
    expect(new Set(links.map(({ state }) => state))).toEqual(new Set(['succeeded']))
    const wanted = [
      ...Array.from({ length: outside.episodes }, (_, k) => `http://pod.example/episode-${k}.wav`),
      ...Array.from({ length: LIST_ROUNDS * BATCH_ITEMS }, (_, k) => {
        const round = Math.floor(k / BATCH_ITEMS)
        return `http://pod.example/${round}-${k % BATCH_ITEMS}.wav`
      }),
    ]
    expect(links.map(({ link_url }) => link_url).sort()).toEqual(wanted.sort())
    expect(rows("select * from batch_items where state <> 'succeeded'")).toEqual([])
    const said = [...outside.taken.values()].map(
      ({ body }) => (JSON.parse(body) as { data: { text: string } }).data.text,
    )
    expect(said.sort()).toEqual(Array.from({ length: LIST_ROUNDS }, (_, round) => `Post ${round}`))

    const audit = await earshot(own.dataDir, ['credits', 'audit'])
    expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
    const { stdout } = await earshot(own.dataDir, ['credits', 'balance', accountId])
    expect(JSON.parse(stdout)).toMatchObject({ posted: 1000 - wanted.length, pending: 0 })
  } finally {
    await running?.kill()
    outside.close()
    await own.remove()
  }
})
