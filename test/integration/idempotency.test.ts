/** `Idempotency-Key` over HTTP: one job and one charge, whatever happens in between. */
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import type { MakeVideoBody, VideoReply } from '../../src/contract/videos.ts'
import { upload } from '../support/client.ts'
import { makeMedia, scratch } from '../support/media.ts'
import { nativeClient } from '../support/native.ts'
import { sharedDatabase } from '../support/postgres.ts'
import {
  creditsOf,
  type Env,
  earshot,
  faultsOfBooks,
  newAccount,
  startServer,
  type TestServer,
  testFolder,
} from '../support/server.ts'
import { toneAudio, toneProgramme } from '../support/tone.ts'

interface Recording {
  file: Uint8Array<ArrayBuffer>
  text: string
}

/** Two credits. */
let short: Recording
/** Five credits, and time enough to be killed in. */
let long: Recording

beforeAll(async () => {
  short = await record(90)
  long = await record(300)
})

async function record(seconds: number): Promise<Recording> {
  const words = toneProgramme(5, seconds)
  const files = await scratch()
  const path = await makeMedia(files.dir, toneAudio(words, seconds), { format: 'flac' })
  const file = new Uint8Array(await readFile(path))
  await files.dispose()
  return { file, text: words.map((w) => w.word).join(' ') }
}

interface Answer {
  status: number
  bytes: string
  replayed: string | null
  echoed: string | null
}

async function ask(origin: string, apiKey: string, key: string, body: unknown): Promise<Answer> {
  const response = await fetch(`${origin}/v1/ai/transcribe`, {
    method: 'POST',
    headers: { 'soku-api-key': apiKey, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })
  return {
    status: response.status,
    bytes: await response.text(),
    replayed: response.headers.get('idempotent-replayed'),
    echoed: response.headers.get('idempotency-key'),
  }
}

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let folder: Awaited<ReturnType<typeof testFolder>>
  let env: Env
  let servers: TestServer[]

  beforeAll(async () => {
    folder = await testFolder()
    env = {
      EARSHOT_MODEL: folder.model,
      EARSHOT_SLOTS: '2',
      ...(kind === 'postgres' && { DATABASE_URL: await sharedDatabase() }),
    }
    // On PostgreSQL a second process answers requests for the same accounts.
    servers = [await startServer(folder.dataDir, env)]
    if (kind === 'postgres') servers.push(await startServer(folder.dataDir, env, 'api'))
  })
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()))
    await folder?.remove()
  })

  const origins = (): string[] => servers.map((s) => s.origin)

  async function customer(credits = 1000, recording = short) {
    const account = await newAccount(folder.dataDir, credits, env)
    const { mediaId } = (await upload(origins()[0]!, account.apiKey, recording.file, 'talk.flac')).body
    return { ...account, mediaId }
  }

  const balance = async (accountId: string): Promise<number> =>
    (await creditsOf(folder.dataDir, accountId, env)).available

  const sound = async (): Promise<void> => {
    expect(await faultsOfBooks(folder.dataDir, env)).toEqual([])
  }

  it('1,000 requests at once with one key are one job and one charge, and get the same bytes', async () => {
    const { apiKey, accountId, mediaId } = await customer()
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, n) =>
        ask(origins()[n % servers.length]!, apiKey, n % 2 === 0 ? 'twins' : '"twins"', { mediaId }),
      ),
    )
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]))
    expect(new Set(answers.map((a) => a.bytes)).size).toBe(1)
    expect(JSON.parse(answers[0]!.bytes)).toMatchObject({ transcript: short.text, creditsDebited: 2 })
    expect(answers.filter((a) => a.replayed === null)).toHaveLength(1)
    expect(new Set(answers.map((a) => a.echoed))).toEqual(new Set(['twins', '"twins"']))
    expect(await balance(accountId)).toBe(998)
    await sound()
  })

  it('the body counts by its values, the key by account', async () => {
    const { apiKey, mediaId } = await customer()
    const first = await ask(origins()[0]!, apiKey, 'k', { mediaId, language: 'en' })
    const again = await ask(origins()[0]!, apiKey, 'k', { language: 'en', mediaId })
    expect(again).toEqual({ ...first, replayed: 'true' })
    const conflict = await ask(origins()[0]!, apiKey, 'k', { mediaId })
    expect(conflict).toMatchObject({ status: 409, echoed: 'k', replayed: null })
    const other = await customer()
    const theirs = await ask(origins()[0]!, other.apiKey, 'k', { mediaId: other.mediaId })
    expect(theirs).toMatchObject({ status: 200, replayed: null })
  })

  it('a job that nobody waits for is begun once', async () => {
    const { apiKey, accountId, mediaId } = await customer()
    const begin = async (n: number) => {
      const client = nativeClient(origins()[n % servers.length]!, apiKey)
      const answer = await client.call<TranscriptionReply>(
        'POST',
        '/transcriptions',
        { mediaId },
        { 'idempotency-key': 'job' },
      )
      return { status: answer.status, location: answer.headers.get('location'), id: answer.body.id }
    }
    const answers = await Promise.all(Array.from({ length: 30 }, (_, n) => begin(n)))
    const [{ id } = { id: '' }] = answers
    expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1)
    expect(answers[0]).toEqual({ status: 202, id, location: `/v1/transcriptions/${id}` })
    expect(await nativeClient(origins()[0]!, apiKey).ended(id)).toMatchObject({ state: 'succeeded' })
    expect((await begin(0)).id).toBe(id)
    expect(await balance(accountId)).toBe(998)
  })

  it('a video with subtitles is begun once', async () => {
    const { apiKey, mediaId } = await customer()
    const client = nativeClient(origins()[0]!, apiKey)
    const { id } = (await client.call<TranscriptionReply>('POST', '/transcriptions', { mediaId })).body
    await client.ended(id)
    const path = `/transcriptions/${id}/video`
    const make = async (n: number, options: MakeVideoBody = {}) => {
      const { call } = nativeClient(origins()[n % servers.length]!, apiKey)
      const { status, headers, body } = await call<VideoReply>('POST', path, options, {
        'idempotency-key': 'v',
      })
      return { status, replayed: headers.get('idempotent-replayed'), begun: body.video?.createdAt }
    }
    const twins = await Promise.all([make(0), make(1), make(2)])
    const begun = twins[0]!.begun
    expect(begun).toBeDefined()
    expect(twins).toEqual(twins.map(({ replayed }) => ({ status: 202, replayed, begun })))
    expect(twins.filter(({ replayed }) => replayed === null)).toHaveLength(1)
    expect(await make(0)).toEqual({ status: 202, replayed: 'true', begun })
    expect((await client.call<VideoReply>('GET', path)).body.video?.createdAt).toBe(begun)
    expect((await make(0, { size: 'large' })).status).toBe(409)
    await client.call('DELETE', path)
  })

  it('what was refused before execution is not stored', async () => {
    const { apiKey, accountId, mediaId } = await customer(1)
    const refused = await ask(origins()[0]!, apiKey, 'later', { mediaId })
    expect(refused).toMatchObject({ status: 402, replayed: null, echoed: 'later' })
    await earshot(folder.dataDir, ['credits', 'grant', accountId, '10'], env)
    expect(await ask(origins()[0]!, apiKey, 'later', { mediaId })).toMatchObject({
      status: 200,
      replayed: null,
    })
    expect(await balance(accountId)).toBe(9)
  })

  it.each([['k'.repeat(256)], ['""']])('a key that is too long or empty is refused: %.6s', async (key) => {
    const { apiKey, mediaId } = await customer(0)
    const answer = await ask(origins()[0]!, apiKey, key, { mediaId })
    expect(answer).toMatchObject({ status: 400, echoed: key })
    expect(JSON.parse(answer.bytes)).toMatchObject({ error: { details: { field: 'Idempotency-Key' } } })
  })

  it('survives kill -9 while it runs, and after it has ended', async () => {
    const { apiKey, accountId, mediaId } = await customer(1000, long)
    const lost = ask(origins()[0]!, apiKey, 'killed', { mediaId }).catch(() => undefined)
    await accepted(accountId)
    await servers[0]!.kill()
    await lost
    servers[0] = await startServer(folder.dataDir, env)
    const first = await ask(origins()[0]!, apiKey, 'killed', { mediaId })
    expect(first.status).toBe(200)
    await servers[0]!.kill()
    servers[0] = await startServer(folder.dataDir, env)
    const again = await ask(origins()[0]!, apiKey, 'killed', { mediaId })
    expect(again).toMatchObject({ status: 200, bytes: first.bytes, replayed: 'true' })
    expect(JSON.parse(again.bytes)).toMatchObject({ transcript: long.text })
    expect(await balance(accountId)).toBe(995)
    await sound()
  })

  /** Waits until credits are held: the work was accepted. */
  async function accepted(accountId: string): Promise<void> {
    while ((await balance(accountId)) === 1000);
  }
})
