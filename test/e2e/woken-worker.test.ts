/**
 * Workers that sleep for longer than their claim lasts (a laptop's lid, SIGSTOP), and one whose clock is wrong.
 * Whoever wakes finds its claim gone, stops and writes nothing; whoever took over goes on at the stored parts.
 */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { TranscriptionReply } from '../../src/contract/native.ts'
import { type NativeClient, nativeClient } from '../support/native.ts'
import { DOUBLE_TEXT, type PlatformDouble, startPlatformDouble } from '../support/platform-double/index.ts'
import { HELD_LENGTH, MEDIA_LENGTH } from '../support/platform-double/media.ts'
import { sharedDatabase } from '../support/postgres.ts'
import { readRows } from '../support/rows.ts'
import { type Env, earshot, newAccount, startServer, type TestServer } from '../support/server.ts'
import { startTranscriptionDouble, type TranscriptionDouble } from '../support/transcription-double.ts'
import { ytDlpCommand } from '../support/yt-dlp.ts'

const WORDS = Array(HELD_LENGTH / MEDIA_LENGTH)
  .fill(DOUBLE_TEXT)
  .join(' ')
const HOURS_25 = 25 * 3_600_000
const POLL = { timeout: 120_000, interval: 100 }

let dir: string
let platforms: PlatformDouble
let engine: TranscriptionDouble
let env: Env
const running: TestServer[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'earshot-woken-'))
  platforms = await startPlatformDouble()
  platforms.release()
  engine = await startTranscriptionDouble()
  env = {
    EARSHOT_LOG_LEVEL: 'info',
    EARSHOT_YTDLP: await ytDlpCommand(),
    EARSHOT_EGRESS_DIAL: `127.0.0.1:${platforms.port}`,
    EARSHOT_EGRESS_CA: platforms.caFile,
    EARSHOT_ENGINE_URL: engine.url,
    EARSHOT_ENGINE_SPLITTER: 'energy',
    EARSHOT_REUSE_HOURS: '0',
  }
})
afterEach(async () => {
  for (const server of running.splice(0)) {
    process.kill(server.pid, 'SIGCONT')
    await server.kill()
  }
})
afterAll(async () => {
  await engine?.close()
  await platforms?.close()
  await rm(dir, { recursive: true, force: true })
})

async function start(name: string, role: string, more: Env = {}): Promise<TestServer> {
  const server = await startServer(join(dir, name), { ...env, ...more }, role)
  running.push(server)
  return server
}

interface Job {
  id: string
  state: string
  lease_token: string | null
  source_sha256: string | null
  late: boolean | number
}

const JOBS = 'select *, lease_until < earshot_now() as late from transcriptions order by created_at'

/** A link's job of which the download is whole and the first part is stored; the others wait in the engine. */
async function begin(client: NativeClient, jobs: () => Promise<Job[]>, parts: () => Promise<unknown[]>) {
  const release = engine.hold(1)
  const url = 'https://www.youtube.com/watch?v=heldAAAAAA1'
  const { status, body } = await client.call<TranscriptionReply>(
    'POST',
    '/transcriptions',
    { url, mode: 'speech' },
    { 'idempotency-key': `held ${Math.random()}` },
  )
  expect(status).toBe(202)
  const job = async (): Promise<Job> => (await jobs()).find(({ id }) => id === body.id)!
  await expect.poll(async () => (await job()).source_sha256, POLL).toMatch(/./)
  await expect.poll(async () => (await parts()).length, POLL).toBe(1)
  return { id: body.id, job, release }
}

describe('on PostgreSQL', () => {
  let database: pg.Client
  beforeAll(async () => {
    env.DATABASE_URL = await sharedDatabase()
    database = new pg.Client({ connectionString: env.DATABASE_URL })
    await database.connect()
  })
  afterAll(async () => {
    delete env.DATABASE_URL
    await database?.end()
  })

  const rows = async <T extends object>(query: string): Promise<T[]> => (await database.query<T>(query)).rows
  const jobs = (): Promise<Job[]> => rows<Job>(JOBS)
  const parts = (): Promise<unknown[]> => rows('select * from parts')
  const ended = (client: NativeClient, id: string): Promise<TranscriptionReply> =>
    client.ended(id).then((reply) => {
      expect(reply).toMatchObject({ state: 'succeeded', error: null })
      return reply
    })

  it('a worker that wakes finds its job elsewhere, and leaves it alone', async () => {
    const api = await start('api', 'api')
    const sleeper = await start('sleeper', 'worker')
    const { apiKey } = await newAccount(join(dir, 'cli'), 100, env)
    const client = nativeClient(api.origin, apiKey)
    const { id, job, release } = await begin(client, jobs, parts)
    const { lease_token: token } = await job()
    process.kill(sleeper.pid, 'SIGSTOP')
    // What is stored is told from what is heard again by words that nobody said.
    await database.query(`update parts set result = replace(result, 'four', 'twenty')`)
    await start('heir', 'worker')
    await expect.poll(async () => (await job()).lease_token, POLL).not.toBe(token)
    release()
    const { transcript } = await ended(client, id)
    expect(transcript?.text).toContain('twenty')
    expect(transcript?.text.replaceAll('twenty', 'four')).toBe(WORDS)

    const before = await jobs()
    process.kill(sleeper.pid, 'SIGCONT')
    await expect.poll(() => sleeper.output(), POLL).toContain('this run leaves it')
    expect(await jobs()).toEqual(before.map((row) => ({ ...row, late: null })))
    expect(await parts()).toEqual([])
    expect(sleeper.output()).not.toContain('transcription failed')
    await expect.poll(() => existsSync(join(dir, 'sleeper', 'work', id)), POLL).toBe(false)
    expect((await earshot(join(dir, 'cli'), ['credits', 'audit'], env)).code).toBe(0)
  })

  it('a worker whose clock is a day ahead ends nothing that is not over, and works as any other', async () => {
    const api = await start('api', 'api')
    const right = await start('right', 'worker')
    const { apiKey } = await newAccount(join(dir, 'cli'), 100, env)
    const client = nativeClient(api.origin, apiKey)
    const { id, job, release } = await begin(client, jobs, parts)
    const { lease_token: token } = await job()
    await start('ahead', 'worker', {
      CLOCK_AHEAD_MS: String(HOURS_25),
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, '../support/clock-ahead.mjs')).href}`,
    })
    // It says so when it is there; then it has swept, and looked for what is over, more than once.
    await expect.poll(async () => (await rows('select id from workers')).length, POLL).toBeGreaterThan(1)
    await sleep(6000)
    expect(await job()).toMatchObject({ state: 'running', lease_token: token })
    expect((await rows(`select key from idempotency_keys where transcription_id = '${id}'`)).length).toBe(1)
    release()
    expect((await ended(client, id)).transcript?.text).toBe(WORDS)
    await right.stop()
    running.splice(running.indexOf(right), 1)
    const next = await begin(client, jobs, parts)
    next.release()
    expect((await ended(client, next.id)).transcript?.text).toBe(WORDS)
    const [last] = await rows<{ off: number }>(
      'select abs(earshot_now() - finished_at)::float as off from transcriptions order by created_at desc limit 1',
    )
    expect(last!.off).toBeLessThan(HOURS_25 / 2)
  })
})

it('one process on SQLite that slept goes on with its own work', async () => {
  const server = await start('alone', 'serve')
  const dataDir = join(dir, 'alone')
  const { apiKey } = await newAccount(dataDir, 100, env)
  const client = nativeClient(server.origin, apiKey)
  const jobs = async (): Promise<Job[]> =>
    readRows<Job>(dataDir, JOBS.replace('earshot_now()', `${Date.now()}`))
  const { id, job, release } = await begin(client, jobs, async () => readRows(dataDir, 'select * from parts'))
  process.kill(server.pid, 'SIGSTOP')
  await expect.poll(async () => Boolean((await job()).late), POLL).toBe(true)
  process.kill(server.pid, 'SIGCONT')
  await sleep(3000)
  release()
  const { state, transcript } = await client.ended(id)
  expect({ state, text: transcript?.text }).toEqual({ state: 'succeeded', text: WORDS })
  expect(server.output()).not.toContain('transcription failed')
})
