/**
 * One recording heard by two workers that share PostgreSQL and S3: whoever decodes it hands over what it cannot take at
 * once, and what comes of it is the same as with one worker, whoever is killed.
 */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { upload } from '../support/client.ts'
import { type FaultyS3, faultyS3 } from '../support/faulty-s3.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { sharedDatabase } from '../support/postgres.ts'
import { type Env, earshot, newAccount, startServer, type TestServer } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'
import { startTranscriptionDouble, type TranscriptionDouble } from '../support/transcription-double.ts'

const SECONDS = 360
const WORDS = toneProgramme(11, SECONDS)
const POLL = { timeout: 120_000, interval: 50 }

let dir: string
let s3: FaultyS3
let engine: TranscriptionDouble
let database: pg.Client
let env: Env
let api: TestServer
/** What one worker makes of it, and of how many parts. */
let alone: TranscriptionReply
let parts: number
const workers = new Map<string, TestServer>()

/** What a worker's requests to the engine carry tells who heard a part. */
async function startWorker(name: string, options = ''): Promise<TestServer> {
  const command = `worker ${options}`.trim()
  const worker = await startServer(join(dir, name), { ...env, EARSHOT_ENGINE_KEY: name }, command)
  workers.set(name, worker)
  return worker
}

const heardBy = (name: string): number =>
  engine.asked.filter(({ authorization }) => authorization === `Bearer ${name}`).length

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-shared-'))
  s3 = await faultyS3(join(dir, 's3'), 'media')
  engine = await startTranscriptionDouble()
  const url = await sharedDatabase()
  database = new pg.Client({ connectionString: url })
  await database.connect()
  env = {
    ...s3.env,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    DATABASE_URL: url,
    EARSHOT_MEDIA_URL: 's3://media/earshot',
    EARSHOT_ENGINE_URL: engine.url,
    EARSHOT_ENGINE_SPLITTER: 'fixed',
    EARSHOT_SLOTS: '1',
    EARSHOT_LOG_LEVEL: 'debug',
  }
  api = await startServer(join(dir, 'api'), env, 'api')
  const client = await newClient()
  await startWorker('one')
  await allThere()
  alone = await ended(client, await begin(client))
  parts = heardBy('one')
  expect(await count(`transcription_events where what = 'heard elsewhere'`)).toBe(0)
  await reset()
}, 600_000)
afterEach(reset)
async function reset(): Promise<void> {
  engine.costMs = 0
  engine.rule = undefined
  for (const worker of workers.values()) await worker.kill()
  workers.clear()
  // One that died is missed only after a while.
  await database.query('delete from workers')
}
afterAll(async () => {
  await api?.kill()
  await database?.end()
  await s3?.close()
  await engine?.close()
  await rm(dir, { recursive: true, force: true })
})

const one = async <T>(query: string): Promise<T | undefined> =>
  Object.values((await database.query<Record<string, T>>(query)).rows[0] ?? {})[0]
const count = async (what: string): Promise<number> => Number(await one(`select count(*) from ${what}`))

/** Every worker has said what it has to spare. */
const allThere = (): Promise<void> =>
  vi.waitFor(
    async () => expect(await count('workers where spare > 0 and fault is null')).toBe(workers.size),
    POLL,
  )

interface Client extends NativeClient {
  accountId: string
  mediaId: string
}

async function newClient(): Promise<Client> {
  const { apiKey, accountId } = await newAccount(join(dir, 'cli'), 1000, env)
  const { body } = await upload(api.origin, apiKey, Buffer.from(wav(toneAudio(WORDS, SECONDS))))
  return { ...nativeClient(api.origin, apiKey), accountId, mediaId: body.mediaId }
}

async function begin({ call, mediaId }: Client): Promise<string> {
  engine.asked.length = 0
  const { status, body } = await call<TranscriptionReply>(
    'POST',
    '/transcriptions',
    { mediaId },
    { 'idempotency-key': `${Math.random()}` },
  )
  expect(status).toBe(202)
  return body.id
}

/** The transcript is there, was paid once, and nothing of the work is left. */
async function ended(client: Client, id: string): Promise<TranscriptionReply> {
  const reply = await client.ended(id)
  expect(reply).toMatchObject({ state: 'succeeded', error: null })
  expect(reply.transcript?.text).toBe(WORDS.map(({ word }) => word).join(' '))
  const audit = await earshot(join(dir, 'cli'), ['credits', 'audit'], env)
  expect(audit, audit.stderr).toMatchObject({ code: 0 })
  const paid = await one<number>(
    `select sum(amount) from credit_transfers where kind = 'post' and transcription_id = '${id}'`,
  )
  expect(Number(paid)).toBe(SECONDS / 60)
  await nothingLeft()
  return reply
}

async function nothingLeft(): Promise<void> {
  await vi.waitFor(async () => expect(await count('open_parts')).toBe(0), POLL)
  await vi.waitFor(
    async () => expect(await count(`stray_files where storage_key like 'parts/%'`)).toBe(0),
    POLL,
  )
  expect(await count('parts')).toBe(0)
  const names = await readdir(join(dir, 's3'), { recursive: true })
  expect(names.filter((name) => name.includes('.flac'))).toEqual([])
}

/** The name of the worker that decodes. */
async function decoder(): Promise<string> {
  await vi.waitFor(async () => expect(await count('open_parts')).toBeGreaterThan(0), POLL)
  const id = (await one<string>('select handed_by from open_parts limit 1'))!
  return [...workers].find(([, { pid }]) => id.includes(`-${pid}-`))![0]
}

const SAME = ['text', 'segments', 'language'] as const
const textOf = ({ transcript }: TranscriptionReply) => SAME.map((field) => transcript?.[field])

it('is heard by both, as by one', { timeout: 600_000 }, async () => {
  const client = await newClient()
  for (const name of ['one', 'two']) await startWorker(name)
  await allThere()
  engine.costMs = 200
  const id = await begin(client)
  const together = await ended(client, id)
  expect(textOf(together)).toEqual(textOf(alone))
  expect(heardBy('one') + heardBy('two')).toBe(parts)
  expect(Math.min(heardBy('one'), heardBy('two'))).toBeGreaterThanOrEqual(parts / 4)
  expect((await earshot(join(dir, 'cli'), ['job', id], env)).stdout).toContain('heard elsewhere')
})

it('whoever helps may die: what it had is heard again', { timeout: 600_000 }, async () => {
  const client = await newClient()
  for (const name of ['one', 'two']) await startWorker(name)
  await allThere()
  engine.costMs = 300
  const id = await begin(client)
  const helper = (await decoder()) === 'one' ? 'two' : 'one'
  await expect.poll(() => heardBy(helper), POLL).toBeGreaterThan(1)
  await workers.get(helper)!.kill()
  workers.delete(helper)
  await ended(client, id)
})

it('whoever decodes may die: what was heard elsewhere counts', { timeout: 600_000 }, async () => {
  const client = await newClient()
  for (const name of ['one', 'two']) await startWorker(name)
  await allThere()
  engine.costMs = 300
  const id = await begin(client)
  const first = await decoder()
  await vi.waitFor(
    async () => expect(await count('parts where heard_by is not null')).toBeGreaterThan(1),
    POLL,
  )
  await workers.get(first)!.kill()
  workers.delete(first)
  await ended(client, id)
  // What was at the engine, or on its way back, may have been heard twice.
  expect(engine.asked.length).toBeLessThan(parts + 6)
})

it('a part that the engine refuses ends the recording, wherever it was tried', {
  timeout: 600_000,
}, async () => {
  const client = await newClient()
  for (const name of ['one', 'two']) await startWorker(name)
  await allThere()
  engine.costMs = 200
  const id = await begin(client)
  const helper = (await decoder()) === 'one' ? 'two' : 'one'
  engine.rule = ({ authorization }) =>
    authorization === `Bearer ${helper}` ? { status: 413, body: '{"error": {"message": "no"}}' } : undefined
  expect(await client.ended(id)).toMatchObject({ state: 'failed', error: { code: 'engine.failed' } })
  await nothingLeft()
})

it('cancelled, it leaves nothing', { timeout: 600_000 }, async () => {
  const client = await newClient()
  for (const name of ['one', 'two']) await startWorker(name)
  await allThere()
  engine.costMs = 500
  const id = await begin(client)
  await decoder()
  expect((await client.call('DELETE', `/transcriptions/${id}`)).status).toBeLessThan(300)
  await expect.poll(() => one(`select state from transcriptions where id = '${id}'`), POLL).toBe('cancelled')
  await nothingLeft()
  expect(
    Number(await one(`select pending from credit_balances where account_id = '${client.accountId}'`)),
  ).toBe(0)
})

describe('workers that only fetch or only recognise', () => {
  const ready = async () => (await (await fetch(`${api.origin}/readyz`)).json()) as { checks: object }
  const doctor = async (): Promise<string> => (await earshot(join(dir, 'cli'), ['doctor'], env)).stdout

  it('one alone reports which half is missing, and work that waited is finished once both run', {
    timeout: 600_000,
  }, async () => {
    const client = await newClient()
    const fetching = await startWorker('fetches', '--only fetch')
    await expect.poll(() => count(`workers where role = 'fetch'`), POLL).toBe(1)
    const id = await begin(client)
    expect(await ready()).toMatchObject({
      ready: false,
      checks: { engine: 'no worker recognises: all of them only fetch', fetching: 'ok' },
    })
    expect(await doctor()).toMatch(
      /^✗ workers: 1 only fetch; none recognises\n {4}→ start one: earshot worker --only recognise/m,
    )
    await expect.poll(() => fetching.output(), POLL).toContain('no worker recognises')

    await startWorker('recognises', '--only recognise')
    const together = await ended(client, id)
    expect(textOf(together)).toEqual(textOf(alone))
    expect([heardBy('fetches'), heardBy('recognises')]).toEqual([0, parts])
    expect(await ready()).toMatchObject({ ready: true, checks: { engine: 'ok', fetching: 'ok' } })
    expect(await doctor()).toMatch(/^✓ workers: 1 only fetch, 1 only recognise$/m)

    await workers.get('fetches')!.stop()
    workers.delete('fetches')
    expect(await ready()).toMatchObject({
      checks: { engine: 'ok', fetching: 'no worker fetches: all of them only recognise' },
    })
  })

  it('if the workers that recognise die, others transcribe the parts that they had', {
    timeout: 600_000,
  }, async () => {
    const client = await newClient()
    await startWorker('fetches', '--only fetch')
    await startWorker('first', '--only recognise')
    await expect.poll(() => count('workers where spare > 0'), POLL).toBe(1)
    engine.costMs = 300
    const id = await begin(client)
    await expect.poll(() => heardBy('first'), POLL).toBeGreaterThan(1)
    await workers.get('first')!.kill()
    workers.delete('first')
    // As after a second death: parts that nobody is given any more are handed over again.
    await expect.poll(() => count('open_parts'), POLL).toBeGreaterThan(0)
    await database.query('update open_parts set tries = 2 where lease_token is null')
    await expect.poll(() => count('open_parts where tries = 0'), POLL).toBeGreaterThan(0)
    await startWorker('second', '--only recognise')
    await ended(client, id)
    expect(heardBy('second')).toBeGreaterThan(0)
  })

  it.each([
    [
      'worker --models nope',
      'EARSHOT_WORKER_MODELS names nope, which is not installed; installed: whisper-1',
    ],
    ['serve', 'EARSHOT_WORKER_ROLE is only for earshot worker'],
  ])('%s does not start', async (command, says) => {
    const wrong = { ...env, ...(command === 'serve' && { EARSHOT_WORKER_ROLE: 'fetch' }) }
    const { code, stderr } = await earshot(join(dir, 'wrong'), command.split(' '), wrong)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(says) })
  })
})
