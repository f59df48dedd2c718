/**
 * Whatever is sent to whatever operation, on either database: no answer is a fault of the server, and none keeps all
 * others waiting.
 */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../src/config/load.ts'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type { NewRunnerReply } from '../../src/contract/operator.ts'
import type { InviteReply, PeopleReply, SessionsReply } from '../../src/contract/people.ts'
import { createAccount } from '../../src/domain/accounts/create.ts'
import { type Ctx, SCOPES } from '../../src/domain/context.ts'
import { createSubscription } from '../../src/domain/subscriptions/create.ts'
import { ownerToken } from '../../src/domain/users/invite.ts'
import { buildApp } from '../../src/http/app.ts'
import { type Base, composeAll, composeBase } from '../../src/main/compose.ts'
import { createLogger } from '../../src/main/logger.ts'
import type { Fetcher } from '../../src/ports/fetcher.ts'
import type { Feeds } from '../../src/ports/listings.ts'
import { storeSamples } from '../support/filled-library.ts'
import { canWatchLoop, type LoopWatch, watchLoop } from '../support/loop-watch.ts'
import {
  aimed,
  type OddRequest,
  type Operation,
  oddRequest,
  operationsOf,
  type Things,
  thingsIn,
} from '../support/odd-requests.ts'
import { sharedDatabase } from '../support/postgres.ts'
import { toneAudio, wav } from '../support/tone.ts'

/** Of each operation, and others in each run. */
const TRIES = 6
/** Milliseconds: nobody else is answered for so long. */
const BLOCKED = 100
/** A reply of 24 MB is handed from thread to thread and to the network, which is work in itself. */
const BLOCKED_BY_THE_LONGEST = 300

const JSON_BODY = { 'content-type': 'application/json' }
const PERSON = 'a@example.org'
/** Nothing that is tried here may take so long. */
const HANGS_MS = 60_000

/** They answer when the work is done, and nothing works here: only refusals are tried, by one without credits. */
const WAITS = /^\/(asr|detect-language|inference|v1\/(ai|audio|listen)|api\/public\/transcribe)/
/** These end what the others need, and the last of them the session that the others are asked in. */
const LAST = [/DELETE|\/delete|\/publish|\/bin$/, /logout|sessions|password|people/]
/** `/readyz` says 503 where nothing works; a checkout needs a shop, and an update the internet. */
const MAY_BE_5XX = /^\/readyz|\/checkout$|\/downloader\/update$/

/**
 * Models are not installed here, nothing is being worked at that a runner could take a part of, and what is shared are
 * samples without a recording.
 */
const NOT_HERE = /\/models\/|\/runner\/parts\/|\/shared\/\{token\}\/(?:media|waveform)$/

/** Of which an account may have so many. */
type Crowded =
  | 'comments'
  | 'post_drafts'
  | 'posts'
  | 'post_accounts'
  | 'batches'
  | 'subscriptions'
  | 'webhook_endpoints'

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let dir: string
  let base: Base
  let app: FastifyInstance
  let origin: string
  let document: Parameters<typeof operationsOf>[0]
  let watch: LoopWatch | undefined
  const rich: Visitor = { accountId: '', headers: {}, known: {}, things: {} }
  const poor: Visitor = { accountId: '', headers: {}, known: {}, things: {} }
  const worker: Visitor = { accountId: '', headers: {}, known: {}, things: {} }
  const person: Visitor = { accountId: '', headers: {}, known: {}, things: {} }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'earshot-odd-'))
    const config = loadConfig({
      EARSHOT_DATA_DIR: dir,
      EARSHOT_LOG_LEVEL: 'silent',
      EARSHOT_RATE_LIMITS: 'off',
      DATABASE_URL: kind === 'postgres' ? await sharedDatabase() : undefined,
    })
    base = await composeBase(config)
    const { http } = await composeAll(config, base, createLogger('silent'), { worker: false })
    app = await buildApp(http, createLogger('silent'))
    origin = await app.listen({ host: '127.0.0.1', port: 0 })
    document = (await (await fetch(`${origin}/openapi.json`)).json()) as typeof document
    const first = await createAccount(base, { name: 'rich', credits: 1_000_000 })
    const second = await createAccount(base, { name: 'poor' })
    await settle(rich, bearer(first.apiKey), first.accountId, '/v1')
    await settle(poor, bearer(second.apiKey), second.accountId, '/v1')
    const same = { 'sec-fetch-site': 'same-origin' }
    const joined = await fetch(`${origin}/api/dashboard/join`, {
      ...{ method: 'POST', headers: { ...same, ...JSON_BODY } },
      body: JSON.stringify({
        token: await ownerToken(base),
        email: PERSON,
        password: 'correct horse battery',
      }),
    })
    const cookie = { cookie: joined.headers.get('set-cookie')!.split(';', 1)[0]!, ...same }
    await settle(person, cookie, first.accountId, '/api/dashboard')
    await settleOperator(first.accountId)
    if (canWatchLoop) watch = watchLoop()
  })
  afterAll(async () => {
    watch?.stop()
    await app?.close()
    await base?.close()
    await rm(dir, { recursive: true, force: true })
  })

  interface Visitor {
    accountId: string
    headers: Record<string, string>
    /** Ids of what is theirs, by the names of parameters. */
    known: Record<string, string[]>
    things: Things
  }

  const bearer = (key: string) => ({ authorization: `Bearer ${key}`, 'soku-api-key': key })

  /** One of everything that has an id. */
  async function settle(
    visitor: Visitor,
    headers: Record<string, string>,
    accountId: string,
    prefix: string,
  ) {
    visitor.headers = headers
    visitor.accountId = accountId
    const post = async (
      path: string,
      payload?: object,
      more: object = JSON_BODY,
    ): Promise<Record<string, string>> => {
      const answer = await fetch(`${origin}${prefix}${path}`, {
        ...{ method: 'POST', headers: { ...headers, ...more } },
        ...(payload && { body: JSON.stringify(payload) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
      const id = answer.headers.get('location')?.split('/').at(-1) ?? ''
      return text ? (JSON.parse(text) as Record<string, string>) : { id }
    }
    const ids = await storeSamples(base.db, accountId, 3)
    const webhook = await post('/webhooks', { url: 'https://example.org/hook' })
    const delivery = await post(`/webhooks/${webhook.id}/test`, {})
    const passage = { start: 1, end: 2, quote: 'a word', text: 'Which one?' }
    const comment = await post(`/transcriptions/${ids[0]}/comments`, passage)
    const share = await post(`/transcriptions/${ids[0]}/shares`, {})
    const upload = await post('/uploads', undefined, { 'tus-resumable': '1.0.0', 'upload-length': '10' })
    const media = prefix === '/v1' ? await uploadSound(headers) : rich.known.mediaId![0]!
    const made = async (path: string, payload: () => object): Promise<string[]> => {
      const all: string[] = []
      for (let k = 0; k < 3; k++) {
        const { id, runnerId } = await post(path, payload())
        all.push(id ?? runnerId!)
      }
      return all
    }
    let count = 0
    const url = () => `https://example.invalid${prefix}/${count++}`
    const key = await made('/api-keys', () => ({ name: 'odd' }))
    const accounts = await made('/post-accounts', () => ({ platform: 'webhook', url: url() }))
    const drafts = await made('/drafts', () => ({ accountIds: accounts.slice(0, 1), text: 'One. Two.' }))
    const publishing = await made('/drafts', () => ({ accountIds: accounts.slice(0, 1), text: 'Three.' }))
    const scheduledTime = new Date(Date.now() + 86_400_000).toISOString()
    const posts: string[] = []
    for (const id of publishing) posts.push((await post(`/drafts/${id}/publish`, { scheduledTime })).id!)
    const batches = visitor === poor ? [] : await made('/batches', () => ({ items: [{ mediaId: media }] }))
    const subscriptions = await subscribed(accountId, prefix)
    visitor.things = {
      '/transcriptions': ids,
      '/library': ids,
      '/webhooks': [webhook.id!],
      '/uploads': [upload.id!],
      '/media': [media],
      '/api-keys': key,
      '/post-accounts': accounts,
      '/drafts': drafts,
      '/posts': posts,
      '/batches': batches,
      '/subscriptions': subscriptions,
      commentId: [comment.id!],
      shareId: [share.id!],
      deliveryId: [delivery.id!],
      token: [share.token!],
    }
    visitor.known = {
      accountIds: accounts,
      tags: ['harbour'],
      id: [...ids, webhook.id!, upload.id!, media],
      commentId: [comment.id!],
      shareId: [share.id!],
      deliveryId: [delivery.id!],
      token: [share.token!, ...['srt', 'vtt', 'docx', 'json'].map((format) => `${share.token}.${format}`)],
      mediaId: [media],
      ids,
      version: ['0'],
      email: [PERSON],
      language: ['en', 'pt-BR', 'auto', ''],
      format: ['txt', 'srt', 'vtt', 'json'],
      q: ['harbour', 'voice note', 'h'],
      'Tus-Resumable': ['1.0.0'],
      'Upload-Length': ['10', '0', '-1', '1e3'],
      'Upload-Offset': ['0', '5', '-1'],
      'X-HTTP-Method-Override': ['PATCH', 'DELETE', 'GET'],
      Range: ['bytes=0-', 'bytes=-5', 'bytes=9-1', 'bytes=0-1,3-4'],
      'Last-Event-ID': ['0', '1', '-1', '1e9'],
      accept: ['application/json', 'text/event-stream', '*/*;q=0', ';;q=,'],
    }
    visitor.known.id!.push(...ids.flatMap((id) => ['srt', 'docx'].map((format) => `${id}.${format}`)))
  }

  /** Every row of the database that has its account beside it. */
  async function ownedBy(accountId: string): Promise<Record<string, unknown[]>> {
    const owned: Record<string, unknown[]> = {}
    for (const { name, columns } of await base.db.introspection.getTables()) {
      if (!columns.some((column) => column.name === 'account_id')) continue
      const { rows } = await sql`select * from ${sql.table(name)} where account_id = ${accountId}`.execute(
        base.db,
      )
      owned[name] = rows.map((row) => JSON.stringify(row)).sort()
    }
    return owned
  }

  async function subscribed(accountId: string, prefix: string): Promise<string[]> {
    const ids: string[] = []
    for (let k = 0; k < 3; k++) ids.push(await subscribe(accountId, `${prefix}/${k}`))
    return ids
  }

  /** To a list that nobody reads here. */
  async function subscribe(accountId: string, name: string): Promise<string> {
    const feeds: Feeds = { read: async () => ({ title: 'Talks', items: [], more: false }) }
    const ctx: Ctx = { accountId, keyId: null, scopes: SCOPES, requestId: 'req_odd' }
    const url = `https://feeds.invalid/${name}.xml`
    const wanted = { surface: 'native', url, everyMs: 3_600_000, mostAtOnce: 1, backlog: 0, wishes: {} }
    const deps = { ...base, feeds, fetcher: {} as Fetcher }
    return (await createSubscription(deps, ctx, wanted, new AbortController().signal)).id
  }

  /** With copies of what the account has of them, until it has so many. */
  async function fill(table: Crowded, accountId: string, count: number): Promise<void> {
    const own = await base.db.selectFrom(table).selectAll().where('account_id', '=', accountId).execute()
    const copies = Array.from({ length: count - own.length }, (_, k) => ({
      ...own[0]!,
      id: randomUUID(),
      ...(table === 'subscriptions' && { source: `copy ${k}` }),
      ...(table === 'post_accounts' && { handle: `copy ${k}`, remote_id: `copy ${k}` }),
    }))
    for (let k = 0; k < copies.length; k += 50)
      await base.db
        .insertInto(table)
        .values(copies.slice(k, k + 50) as never)
        .execute()
  }

  /** Who works on the server, and with what. */
  async function settleOperator(accountId: string): Promise<void> {
    const ask = async <T>(path: string, payload?: object): Promise<T> => {
      const answer = await fetch(`${origin}/api/dashboard${path}`, {
        headers: { ...person.headers, ...JSON_BODY },
        ...(payload && { method: 'POST', body: JSON.stringify(payload) }),
      })
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as T
    }
    const runner = await ask<NewRunnerReply>('/operator/runners', { name: 'odd' })
    const invited = await ask<InviteReply>('/invitations', { email: 'b@example.org', role: 'member' })
    const { people } = await ask<PeopleReply>('/people')
    const sessions = await ask<SessionsReply>('/sessions')
    person.things = {
      ...person.things,
      '/operator/runners': [runner.runnerId],
      '/operator/accounts': [accountId],
      '/invitations': [invited.id],
      '/people': people.map(({ id }) => id),
      '/sessions': sessions.items.map(({ id }) => id),
    }
    worker.headers = bearer(runner.token)
  }

  async function uploadSound(headers: Record<string, string>): Promise<string> {
    const form = new FormData()
    form.append('file', new Blob([wav(toneAudio([{ word: 'one', at: 0.2 }], 1))]), 'a.wav')
    const answer = await fetch(`${origin}/v1/media`, { method: 'POST', headers, body: form })
    return ((await answer.json()) as { mediaId: string }).mediaId
  }

  const visitorOf = ({ path }: Operation): Visitor =>
    path.startsWith('/api/runner')
      ? worker
      : path.startsWith('/api/dashboard')
        ? person
        : WAITS.test(path)
          ? poor
          : rich

  async function send({ method }: Operation, request: OddRequest, headers: Record<string, string>) {
    watch?.reset()
    const answer = await ask(origin, method, request, { ...request.headers, ...headers })
    return { ...answer, ms: Math.round(watch?.longest() ?? 0) }
  }

  it('the longest text that may be saved, and all that is made of it', { timeout: 600_000 }, async () => {
    const [id = '', shortId = ''] = await storeSamples(base.db, rich.accountId, 2)
    const url = `/v1/transcriptions/${id}`
    const shared = await fetch(`${origin}${url}/shares`, { method: 'POST', headers: rich.headers })
    const { token } = (await shared.json()) as { token: string }
    const before = await fetch(`${origin}${url}`, { headers: rich.headers })
    const { version, transcript } = (await before.json()) as TranscriptionReply
    const text = longText()
    const whole = { at: 0, remove: transcript!.segments.length, insert: text }
    const payload = Buffer.from(JSON.stringify({ version, segments: text }))
    const longest: Record<string, number> = {}
    const noted = async (method: string, asked: OddRequest): Promise<void> => {
      const { status, ms } = await send({ method } as Operation, asked, rich.headers)
      const name = `${method} ${asked.url} ${status}`
      longest[name] = Math.max(ms, longest[name] ?? 0)
    }
    await noted('PATCH', { url, headers: JSON_BODY, payload })
    const more = JSON.stringify({ version: version + 1, segments: [...text, ...text.slice(0, 1)] })
    const refused = await send(
      { method: 'PATCH' } as Operation,
      { url, headers: JSON_BODY, payload: more },
      rich.headers,
    )
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('300000 words')])
    // A document of two million letters takes long, in the other thread; a short one shows that it is made there.
    const word = `/v1/transcriptions/${shortId}.docx`
    const share = `/api/shared/${token}`
    const made = [
      word,
      `${url}.json`,
      share,
      `${share}.srt`,
      `${share}/captions`,
      '/v1/vocabulary/suggestions',
    ]
    const told = [url, `${url}?words=false`, `/api/public/library/${id}`, '/v1/transcriptions?q=wo7']
    for (const path of [...made, ...told]) await noted('GET', { url: path, headers: {}, payload: undefined })
    await noted('PATCH', { url, headers: JSON_BODY, payload: '{"title":"Another"}' })
    await noted('PATCH', { url, headers: JSON_BODY, payload: '{"revert":true}' })
    const again = { version: version + 2, changeId: 'change-1', changes: [whole] }
    await noted('POST', { url: `${url}/changes`, headers: JSON_BODY, payload: JSON.stringify(again) })
    await noted('GET', { url: `${url}/changes`, headers: {}, payload: undefined })
    // Whatever the other tests ask for comes six times, and would take two minutes with such a text.
    for (const each of [id, shortId])
      await base.db.deleteFrom('transcriptions').where('id', '=', each).execute()
    expect(Object.keys(longest).filter((asked) => !/ 20[01]$/.test(asked))).toEqual([])
    expect(Object.entries(longest).filter(([, ms]) => ms >= BLOCKED_BY_THE_LONGEST)).toEqual([])
  })

  it('what belongs to another account does not exist, and stays as it is', { timeout: 600_000 }, async () => {
    const before = await ownedBy(rich.accountId)
    const secret = new Set([...Object.values(rich.things).flat(), 'harbour'])
    const seen: unknown[] = []
    for (const operation of operationsOf(document)) {
      const { path } = operation
      if (!/^\/(v1|api\/public)\//.test(path) || WAITS.test(path)) continue
      const things = thingsIn(path, rich.things)
      const arbitrary = oddRequest(
        operation,
        document,
        (name) => things.find(([each]) => each === name)?.[1] ?? rich.known[name] ?? [],
      )
      for (const [k, odd] of fc.sample(arbitrary, TRIES).entries()) {
        const request = things.length > 0 ? aimed(odd, path, rich.things, k) : odd
        const { status, text } = await send(operation, request, poor.headers)
        const about = things.length > 0 && things.every(([, ids]) => ids.length > 0)
        // What the request itself named may come back, in what is made or refused; a transcript's words never.
        const told = [...secret].filter(
          (each) => text.includes(each) && !`${request.url}${request.payload}`.includes(each),
        )
        if (told.length > 0 || (about && status < 300))
          seen.push({ method: operation.method, url: request.url, status, text, told })
      }
    }
    expect(seen).toEqual([])
    expect(await ownedBy(rich.accountId)).toEqual(before)
  })

  it('every operation answers, and at once', { timeout: 600_000 }, async () => {
    const operations = operationsOf(document)
    const turn = ({ method, path }: Operation): number =>
      LAST.findLastIndex((ends) => ends.test(`${method} ${path}`))
    const ordered = operations.toSorted((a, b) => turn(a) - turn(b))
    expect(ordered.length).toBeGreaterThan(120)
    const seed = Date.now() % 2 ** 31
    const wrong: unknown[] = []
    const answers = new Set<number>()
    const reached = new Set<string>()
    for (const operation of ordered) {
      const { path } = operation
      const visitor = visitorOf(operation)
      const things = thingsIn(path, visitor.things)
      const arbitrary = oddRequest(
        operation,
        document,
        (name) => things.find(([each]) => each === name)?.[1] ?? visitor.known[name] ?? [],
      )
      const tries = fc.sample(arbitrary, { numRuns: TRIES, seed })
      // At least half are for something that is there, whatever else is odd about them.
      for (const [k, odd] of tries.entries()) {
        const request = k % 2 === 0 && things.length > 0 ? aimed(odd, path, visitor.things, k / 2) : odd
        const { status, text, ms } = await send(operation, request, visitor.headers)
        answers.add(status)
        if (![401, 403, 404].includes(status)) reached.add(`${operation.method} ${path}`)
        const body = String(request.payload ?? '').slice(0, 500)
        const told = { seed, method: operation.method, ...request, payload: body, status, text, ms }
        if (status === 0 || (status >= 500 && !MAY_BE_5XX.test(operation.path))) wrong.push(told)
        // Once may be a collection of garbage, or code that is compiled.
        else if (ms >= BLOCKED && (await send(operation, request, visitor.headers)).ms >= BLOCKED)
          wrong.push(told)
      }
    }
    expect(wrong).toEqual([])
    const missed = ordered.filter(
      ({ method, path }) => path.includes('{') && !NOT_HERE.test(path) && !reached.has(`${method} ${path}`),
    )
    expect(missed.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    // The requests get behind the first check: some are done, some find nothing, some are refused.
    expect([...answers]).toEqual(expect.arrayContaining([200, 201, 204, 400, 404]))
  })

  it('asking often at the same time gets an account no more than it may have', {
    timeout: 600_000,
  }, async () => {
    const { accountId, apiKey } = await createAccount(base, { name: 'crowd', credits: 1_000_000 })
    const crowd: Visitor = { accountId: '', headers: {}, known: {}, things: {} }
    await settle(crowd, bearer(apiKey), accountId, '/v1')
    const [account] = crowd.known.accountIds!
    const [media] = crowd.known.mediaId!
    const [transcription] = crowd.known.ids!
    const comment = { start: 0, end: 1, text: 'One.' }
    const ask = (path: string, payload: object) => async (): Promise<boolean> => {
      const headers = { ...crowd.headers, ...JSON_BODY }
      const answer = await fetch(`${origin}/v1${path}`, {
        ...{ method: 'POST', headers, body: JSON.stringify(payload) },
      })
      return answer.ok
    }
    const scheduledTime = new Date(Date.now() + 86_400_000).toISOString()
    const draft = { accountIds: [account], text: 'One.' }
    const platform = { platform: 'webhook', accountId: account }
    const kinds: [Crowded, most: number, more: (k: number) => Promise<boolean>][] = [
      ['comments', 500, ask(`/transcriptions/${transcription}/comments`, comment)],
      ['post_drafts', 500, ask('/drafts', draft)],
      ['webhook_endpoints', 20, ask('/webhooks', { url: 'https://example.org/hook' })],
      ['posts', 1000, ask('/posts', { post: { content: { text: 'One.', platform } }, scheduledTime })],
      [
        'post_accounts',
        50,
        (k) => ask('/post-accounts', { platform: 'webhook', url: `https://e.invalid/${k}` })(),
      ],
      ['batches', 100, ask('/batches', { items: [{ mediaId: media }] })],
      [
        'subscriptions',
        100,
        (k) =>
          subscribe(accountId, `crowd/${k}`).then(
            () => true,
            () => false,
          ),
      ],
    ]
    for (const [table, most, more] of kinds) {
      await fill(table, accountId, most - 2)
      const made = await Promise.all(Array.from({ length: 12 }, (_, k) => more(k)))
      expect([table, made.filter(Boolean).length]).toEqual([table, 2])
    }
  })

  it('a head that is too long is refused, and its connection closed', async () => {
    const { status, text } = await ask(origin, 'GET', { url: `/v1/media?cursor=${'a'.repeat(17_000)}` }, {})
    expect([status, text]).toEqual([431, expect.stringContaining('too long')])
    expect((await ask(origin, 'GET', { url: '/healthz' }, {})).status).toBe(200)
  })
})

/** @returns status 0: the connection ended without an answer */
function ask(
  origin: string,
  method: string,
  { url, payload }: Pick<OddRequest, 'url'> & Partial<OddRequest>,
  headers: Record<string, string>,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve) => {
    const length = payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) }
    const sent = request(`${origin}${url}`, { method, headers: { ...length, ...headers } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => {
        if (text.length < 300) text = (text + chunk.toString()).slice(0, 300)
      })
      answer.once('close', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.setTimeout(HANGS_MS, () => sent.destroy(new Error('no answer')))
    sent.once('error', ({ message }) => resolve({ status: 0, text: message }))
    sent.end(payload)
  })
}

/** As much as the contract allows. */
function longText(): object[] {
  const count = 7500
  return Array.from({ length: count }, (_, k) => {
    const words = Array.from({ length: 40 }, (_, n) => `wo${(k * 40 + n) % 1000}`)
    const timed = words.map((word, n) => ({ word, start: k + n / 40, end: k + (n + 1) / 40 }))
    return { start: k, end: k + 1, text: words.join(' '), words: timed }
  })
}
