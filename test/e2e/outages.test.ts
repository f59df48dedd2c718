/** What lies beneath goes silent, fails, or comes back: nobody waits without end, nothing fails for good. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { type FaultyProxy, faultyProxy } from '../support/faulty-proxy.ts'
import { type FaultyS3, faultyS3 } from '../support/faulty-s3.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { commandOf, descendantsOf } from '../support/processes.ts'
import { type Env, earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 60
const LONG_SECONDS = 900
/** More than a recording may have in one place. */
const KILLS = 11
const words = toneProgramme(5, SECONDS)
const said = words.map(({ word }) => word).join(' ')
const recording = Buffer.from(wav(toneAudio(words, SECONDS)))

let folder: Awaited<ReturnType<typeof testFolder>>
let dir: string
let postgres: Postgres
let database: pg.Client
let line: FaultyProxy
let s3: FaultyS3
let server: TestServer
let env: Env
let account: { accountId: string; apiKey: string }
let mediaId: string

beforeAll(async () => {
  folder = await testFolder('fixed')
  dir = await mkdtemp(join(tmpdir(), 'earshot-outages-'))
  postgres = await startPostgres()
  const direct = new URL(await postgres.createDatabase())
  database = new pg.Client(direct.href)
  await database.connect()
  line = await faultyProxy({ path: `${direct.searchParams.get('host')}/.s.PGSQL.5432` })
  s3 = await faultyS3(join(dir, 's3'), 'media')
  env = {
    ...s3.env,
    DATABASE_URL: `postgres://postgres@127.0.0.1:${line.port}${direct.pathname}`,
    EARSHOT_DATABASE_TIMEOUT: '2',
    EARSHOT_MEDIA_URL: 's3://media/earshot',
    EARSHOT_MEDIA_TIMEOUT: '3',
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
  }
  server = await startServer(dir, env)
  account = await newAccount(dir, 1000, env)
  mediaId = (await upload(server.origin, account.apiKey, recording)).body.mediaId
})

afterAll(async () => {
  await server?.kill()
  await database?.end()
  await line?.close()
  await s3?.close()
  await postgres?.stop()
  await folder?.remove()
  await rm(dir, { recursive: true, force: true })
})

const checks = async (): Promise<{ status: number; checks: Record<string, string> }> => {
  const response = await fetch(`${server.origin}/readyz`)
  return { status: response.status, ...((await response.json()) as { checks: Record<string, string> }) }
}

const ready = () =>
  expect.poll(async () => (await checks()).status, { timeout: 60_000, interval: 250 }).toBe(200)

const metrics = async (): Promise<string> => (await fetch(`${server.origin}/metrics`)).text()

/** The same in the three shapes of errors. */
const asked = (): Promise<Response[]> => {
  const { apiKey } = account
  const json = { 'content-type': 'application/json' }
  const form = new FormData()
  form.append('file', new Blob([recording]), 'a.wav')
  form.append('model', 'whisper-1')
  return Promise.all([
    fetch(`${server.origin}/v1/credits`, { headers: { 'soku-api-key': apiKey } }),
    fetch(`${server.origin}/api/public/transcribe`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ url: 'https://www.youtube.com/watch?v=jNQXAC9IVRw' }),
    }),
    fetch(`${server.origin}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}` },
      body: form,
    }),
  ])
}

const bodyOf = { transcript: said, creditsDebited: SECONDS / 60 }

const uploadLong = (programme: ReturnType<typeof toneProgramme>) =>
  upload(server.origin, account.apiKey, Buffer.from(wav(toneAudio(programme, LONG_SECONDS))))

it('a database that goes silent is 503 everywhere, and what was asked under a key can be asked again', async () => {
  line.stall()
  const [readiness, figures, refused, answers] = await Promise.all([
    checks(),
    metrics(),
    transcribe(server.origin, account.apiKey, { mediaId }, { 'idempotency-key': 'silent' }),
    asked(),
  ])
  expect(readiness.status).toBe(503)
  expect(readiness.checks.database).not.toBe('ok')
  expect(figures).toContain('\nearshot_database_up 0\n')
  expect(figures).toContain('earshot_http_request_seconds_count')
  expect(refused.status).toBe(503)
  expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
  for (const response of answers) {
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toMatch(/^\d+$/)
  }
  const [soku, soscripted, openai] = await Promise.all(answers.map((each) => each.json() as Promise<unknown>))
  expect(soku).toMatchObject({ error: { details: { reasonCode: 'database.unavailable' } } })
  expect(soscripted).toEqual({ error: expect.stringContaining('database') })
  expect(openai).toMatchObject({ error: { code: 'database.unavailable', type: 'server_error' } })
  line.mend()
  await ready()
  const done = await transcribe(server.origin, account.apiKey, { mediaId }, { 'idempotency-key': 'silent' })
  expect(done.status).toBe(200)
  expect(done.body).toMatchObject(bodyOf)
  expect(await metrics()).toContain('\nearshot_database_up 1\n')
})

it('work keeps its claim while the database is away, and goes on as soon as it is back', async () => {
  const long = toneProgramme(6, LONG_SECONDS)
  const { body } = await uploadLong(long)
  const done = transcribe(server.origin, account.apiKey, { mediaId: body.mediaId })
  const look = async () =>
    (
      await database.query<{ state: string; attempts: number }>(
        'select state, attempts from transcriptions where media_id = $1',
        [body.mediaId],
      )
    ).rows[0]
  await expect.poll(look, { timeout: 60_000, interval: 5 }).toMatchObject({ state: 'running' })
  line.cut()
  await expect
    .poll(() => server.output(), { timeout: 60_000 })
    .toContain('the database is away; the transcription goes on at its stored parts')
  line.mend()
  expect((await done).body).toMatchObject({ transcript: long.map(({ word }) => word).join(' ') })
  // Given up, it would wait for nobody until its claim had run out, and then be a second attempt.
  expect(await look()).toEqual({ state: 'succeeded', attempts: 1 })
})

it('a database that may only be read is away', async () => {
  const name = new URL(env.DATABASE_URL!).pathname.slice(1)
  const readOnly = (how: string) =>
    database.query(
      `alter database ${name} set default_transaction_read_only = ${how};
       select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
    )
  await readOnly('on')
  const refused = await transcribe(server.origin, account.apiKey, { mediaId })
  expect(refused.status).toBe(503)
  await readOnly('off')
  await ready()
  expect((await transcribe(server.origin, account.apiKey, { mediaId })).status).toBe(200)
})

it('work waits for a storage that fails or is silent, and can be cancelled meanwhile', async () => {
  for (const fault of ['error', 'slow down', 'silent', 'broken'] as const) {
    s3.set(fault)
    const answer = transcribe(
      server.origin,
      account.apiKey,
      { mediaId },
      { 'idempotency-key': `storage-${fault.replace(' ', '-')}` },
    )
    // More than one request's own tries.
    const enough = fault === 'broken' ? 1 : 5
    await expect.poll(() => s3.met(), { timeout: 120_000 }).toBeGreaterThanOrEqual(enough)
    if (fault !== 'broken') s3.set('none')
    const { status, body } = await answer
    expect({ fault, status }).toEqual({ fault, status: 200 })
    expect(body).toMatchObject(bodyOf)
    s3.set('none')
  }
  s3.set('silent')
  const headers = { 'soku-api-key': account.apiKey, 'content-type': 'application/json' }
  const begun = await fetch(`${server.origin}/v1/transcriptions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ mediaId }),
  })
  const { id } = (await begun.json()) as { id: string }
  await expect.poll(() => s3.met(), { timeout: 60_000 }).toBeGreaterThanOrEqual(1)
  await fetch(`${server.origin}/v1/transcriptions/${id}`, { method: 'DELETE', headers })
  const stateOf = async (): Promise<unknown> =>
    (await database.query<{ state: string }>('select state from transcriptions where id = $1', [id])).rows[0]
      ?.state
  await expect.poll(stateOf, { timeout: 30_000 }).toBe('cancelled')
  s3.set('none')
})

it('an upload that the storage does not take is 503, and nothing is left of it', async () => {
  s3.set('slow down')
  const refused = await upload(server.origin, account.apiKey, Buffer.from(wav(toneAudio([], 2))))
  s3.set('none')
  expect(refused.status).toBe(503)
  expect(refused.body).toMatchObject({ error: { details: { reasonCode: 'storage.unavailable' } } })
  expect((await upload(server.origin, account.apiKey, Buffer.from(wav(toneAudio([], 2))))).status).toBe(201)
})

/** False: it has ended by itself meanwhile. */
function killedStill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    return false
  }
}

it('an ffmpeg that somebody kills costs the work nothing, however often, as long as it gets on', async () => {
  const long = toneProgramme(7, LONG_SECONDS)
  const { body } = await uploadLong(long)
  const answer = transcribe(server.origin, account.apiKey, { mediaId: body.mediaId })
  const stored = async (): Promise<number> =>
    (
      await database.query<{ n: number }>(
        `select count(*)::int as n from parts join transcriptions t on t.id = transcription_id where media_id = $1`,
        [body.mediaId],
      )
    ).rows[0]!.n
  let killed = 0
  let seen: { pid: number; parts: number } | undefined
  for (let ended = false; !ended && killed < KILLS; ) {
    const [pid] = descendantsOf(server.pid).filter((each) => commandOf(each).startsWith('ffmpeg'))
    const parts = await stored()
    if (pid !== undefined && pid !== seen?.pid) seen = { pid, parts }
    // More than what had been heard, and not yet stored, when the one before was killed.
    else if (pid !== undefined && seen && parts > seen.parts + 1) {
      if (killedStill(pid, killed % 2 === 0 ? 'SIGKILL' : 'SIGTERM')) killed++
    }
    ended = await Promise.race([answer.then(() => true), sleep(5, false)])
  }
  const { status, body: said } = await answer
  expect({ killed, status, said }).toMatchObject({
    killed: KILLS,
    status: 200,
    said: { transcript: long.map(({ word }) => word).join(' '), creditsDebited: LONG_SECONDS / 60 },
  })
})

it('and the books are right', async () => {
  const audit = await earshot(dir, ['credits', 'audit'], env)
  expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
})
