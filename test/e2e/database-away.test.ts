/** PostgreSQL breaks every connection, again and again, while a recording is transcribed: nothing is lost by it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { type Env, earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 900
const STORMS = 2
/** One after the other, so that no statement gets through for about a second. */
const BREAKS = 300

let folder: Awaited<ReturnType<typeof testFolder>>
let dir: string
let postgres: Postgres
let database: pg.Client
let server: TestServer
let env: Env

beforeAll(async () => {
  folder = await testFolder('fixed')
  dir = await mkdtemp(join(tmpdir(), 'earshot-away-'))
  postgres = await startPostgres()
  const url = await postgres.createDatabase()
  database = new pg.Client({ connectionString: url, application_name: 'the test' })
  await database.connect()
  env = { DATABASE_URL: url, EARSHOT_MODEL: folder.model, EARSHOT_SLOTS: '1' }
  server = await startServer(dir, env)
})

afterAll(async () => {
  await server?.kill()
  await database?.end()
  await postgres?.stop()
  await folder?.remove()
  await rm(dir, { recursive: true, force: true })
})

interface Row {
  state: string
  parts: number
}

async function look(): Promise<Row> {
  const { rows } = await database.query<Row>(
    'select state, (select count(*)::int from parts) as parts from transcriptions',
  )
  return rows[0] ?? { state: 'queued', parts: 0 }
}

/** Ends all connections but the test's own at once, whatever they are doing. */
const breakAll = (): Promise<unknown> =>
  database.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  )

it('a transcription goes on where it was, is charged once, and answers who waits for it', async () => {
  const words = toneProgramme(11, SECONDS)
  const { accountId, apiKey } = await newAccount(dir, 1000, env)
  const media = await upload(server.origin, apiKey, Buffer.from(wav(toneAudio(words, SECONDS))))
  const answer = transcribe(server.origin, apiKey, { mediaId: media.body.mediaId })
  for (let broken = 0, seen = 0; broken < STORMS; ) {
    const { state, parts } = await look()
    if (state === 'succeeded') break
    expect(['queued', 'running']).toContain(state)
    if (parts > seen) {
      seen = parts
      broken++
      for (let i = 0; i < BREAKS; i++) await breakAll()
    }
    await sleep(10)
  }
  const { status, body } = await answer
  expect(status).toBe(200)
  expect(body.transcript).toBe(words.map(({ word }) => word).join(' '))
  const audit = await earshot(dir, ['credits', 'audit'], env)
  expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
  const balance = await earshot(dir, ['credits', 'balance', accountId], env)
  expect(JSON.parse(balance.stdout)).toMatchObject({ posted: 1000 - SECONDS / 60, pending: 0 })
})
