/**
 * What was made under an `Idempotency-Key` by a server that was killed before it stored its answer: whoever asks again is
 * answered with that, and nothing is made or done a second time.
 */
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/adapters/database/open.ts'
import type { Tables } from '../../src/domain/tables.ts'
import { OPERATIONS } from '../../src/http/openapi/index.ts'
import { upload } from '../support/client.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { type Asked, HookDouble } from '../support/post-doubles.ts'
import { findBinaries, sharedDatabase } from '../support/postgres.ts'
import { type Env, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { writeVoiceModels } from '../support/voices.ts'

const SECONDS = 4
const recording = (seed: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(wav(toneAudio(toneProgramme(seed, SECONDS), SECONDS)))

/** A podcast, what posts are sent to, and recordings that are others each time. */
class Outside extends HookDouble {
  #seed = 100

  protected override answer(asked: Asked, response: ServerResponse): unknown {
    const { pathname } = asked.url
    if (pathname === '/hook') return super.answer(asked, response)
    if (pathname !== '/feed')
      return response.writeHead(200, { 'content-type': 'audio/wav' }).end(recording(this.#seed++))
    const item = '<item><title>One</title><guid>g</guid><enclosure url="http://pod.example/1.wav"/></item>'
    response.end(`<rss version="2.0"><channel><title>Tones</title>${item}</channel></rss>`)
  }
}

/** What the database answers to whoever stores an answer. */
const REFUSAL = 'no answer is stored now'
const REFUSE = {
  sqlite: [
    `create trigger refuse before update of status on idempotency_keys when new.status is not null
     begin select raise(abort, '${REFUSAL}'); end`,
  ],
  postgres: [
    `create function refuse() returns trigger language plpgsql as $$ begin raise exception '${REFUSAL}'; end $$`,
    `create trigger refuse before update of status on idempotency_keys for each row
     when (new.status is not null) execute function refuse()`,
  ],
}
const ACCEPT = {
  sqlite: ['drop trigger refuse'],
  postgres: ['drop trigger refuse on idempotency_keys', 'drop function refuse'],
}

/** Their work is accepted with the key, in one transaction: see `test/integration/idempotency.test.ts`. */
const TRANSCRIBING = [
  '/ai/transcribe',
  '/transcriptions',
  '/listen',
  '/asr',
  '/detect-language',
  '/inference',
]
/** Of all others that take a key, without the ids. The dashboard's are the same. */
const PATHS = OPERATIONS.filter(({ headers }) => headers?.['Idempotency-Key'])
  .map(({ path }) => path.replace(/^\/v1|^\/api\/dashboard/, '').replace(/\{\w+\}/g, '*'))
  .filter((path) => !TRANSCRIBING.includes(path))

/** Where all that is made lies. */
const MADE = [
  'batches',
  'subscriptions',
  'speaker_runs',
  'videos',
  'comments',
  'post_drafts',
  'posts',
  'purchases',
  'media',
] as const

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  const missing = kind === 'postgres' && !findBinaries()
  let folder: Awaited<ReturnType<typeof testFolder>>
  let env: Env
  let outside: Outside
  let apiKey: string
  let server: TestServer
  let client: NativeClient

  beforeAll(async () => {
    if (missing) return
    outside = new Outside()
    const host = await outside.listen()
    folder = await testFolder()
    writeVoiceModels(join(folder.dataDir, 'models/diarization'))
    env = {
      EARSHOT_MODEL: folder.model,
      EARSHOT_SLOTS: '1',
      EARSHOT_EGRESS_DIAL: host,
      EARSHOT_POST_ALLOW: host,
      ...(kind === 'postgres' && { DATABASE_URL: await sharedDatabase() }),
    }
    await start()
    apiKey = (await newAccount(folder.dataDir, 1000, env)).apiKey
    client = nativeClient(server.origin, apiKey)
  })
  afterAll(async () => {
    await server?.kill()
    outside?.close()
    await folder?.remove()
  })

  async function start(): Promise<void> {
    server = await startServer(folder.dataDir, env)
    client = nativeClient(server.origin, apiKey)
  }

  async function inDatabase<T>(run: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    const { db, close } = await openDatabase({ url: env.DATABASE_URL, dataDir: folder.dataDir })
    return run(db).finally(close)
  }
  const execute = (statements: readonly string[]) =>
    inDatabase(async (db) => {
      for (const statement of statements) await sql.raw(statement).execute(db)
    })
  const idsOfMade = () =>
    inDatabase(async (db) => {
      const ids = MADE.map(async (table) => {
        const rows = await db.selectFrom(table).select('id').orderBy('id').execute()
        return [table, rows.map(({ id }) => id)] as const
      })
      return Object.fromEntries(await Promise.all(ids))
    })

  async function make<T>(path: string, body: object): Promise<T> {
    const answer = await client.call<T>('POST', path, body)
    expect(answer.status).toBeLessThan(300)
    return answer.body
  }

  async function requests(): Promise<[path: string, body: object, status: number][]> {
    const { mediaId } = (await upload(server.origin, apiKey, recording(1))).body
    const { id } = await make<{ id: string }>('/transcriptions', { mediaId })
    expect(await client.ended(id)).toMatchObject({ state: 'succeeded' })
    const hook = { platform: 'webhook', url: `${outside.origin}/hook` }
    const accountIds = [(await make<{ id: string }>('/post-accounts', hook)).id]
    const passage = { start: 0, end: 1, quote: 'one', text: 'Really?' }
    const comment = await make<{ id: string }>(`/transcriptions/${id}/comments`, passage)
    const draft = await make<{ id: string }>('/drafts', { accountIds, thread: ['One.'] })
    return [
      ['/media', { url: 'http://pod.example/media.wav' }, 201],
      ['/posts', { post: { content: { text: 'Two.', platform: 'webhook' } } }, 200],
      [`/drafts/${draft.id}/publish`, {}, 202],
      ['/drafts', { accountIds, thread: ['Three.'] }, 201],
      [`/transcriptions/${id}/drafts`, { accountIds }, 201],
      [`/transcriptions/${id}/comments`, passage, 201],
      [`/transcriptions/${id}/comments/${comment.id}/replies`, { text: 'Yes.' }, 201],
      [`/transcriptions/${id}/speakers`, { speakers: 2 }, 202],
      [`/transcriptions/${id}/video`, {}, 202],
      ['/subscriptions', { url: 'http://pod.example/feed' }, 201],
      ['/batches', { items: ['http://pod.example/a.wav'] }, 202],
      ['/checkout', { plan: 'pro' }, 201],
    ]
  }

  it.skipIf(missing)('all that takes a key is made once', { timeout: 120_000 }, async () => {
    const asked = await requests()
    expect(new Set(asked.map(([path]) => path.replace(/\w+_[\w-]+/g, '*')))).toEqual(new Set(PATHS))
    const ask = ([path, body]: (typeof asked)[number], key: number) =>
      client.call('POST', path, body, { 'idempotency-key': `k${key}`, 'soku-api-key': apiKey })
    const before = await idsOfMade()
    await execute(REFUSE[kind])
    for (const [k, request] of asked.entries())
      expect([request[0], (await ask(request, k)).status]).toEqual([request[0], 500])
    const made = await idsOfMade()
    for (const table of MADE) expect([table, made[table]]).not.toEqual([table, before[table]])
    await server.kill()
    await execute(ACCEPT[kind])
    await start()

    const answers = await Promise.all(asked.map(ask))
    expect(await idsOfMade()).toEqual(made)
    expect(answers.map(({ status }, k) => [asked[k]![0], status])).toEqual(
      asked.map(([path, , status]) => [path, status]),
    )
    // From now on that is the answer.
    for (const [k, request] of asked.entries()) {
      const { status, headers, body } = await ask(request, k)
      const replayed = headers.get('idempotent-replayed')
      expect({ status, body, replayed }).toEqual({
        status: request[2],
        body: answers[k]!.body,
        replayed: 'true',
      })
    }
  })
})
