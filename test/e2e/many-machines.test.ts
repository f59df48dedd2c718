/**
 * Two API processes and two workers that share PostgreSQL and S3 and nothing else, as on four machines.
 * A worker is killed in the middle of its work, and the other goes on where the stored parts end.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import pg from 'pg'
import S3rver from 's3rver'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { transcribe, upload } from '../support/client.ts'
import { type Postgres, startPostgres } from '../support/postgres.ts'
import { type Env, earshot, newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'
import { toneAudio, toneProgramme, wav } from '../support/tone.ts'

const SECONDS = 1200

let folder: Awaited<ReturnType<typeof testFolder>>
let dir: string
let postgres: Postgres
let bucket: S3rver
let database: pg.Client
let env: Env
const running = new Map<string, TestServer>()

/** A process in a data folder of its own. */
async function start(name: string, role: 'api' | 'worker'): Promise<TestServer> {
  const server = await startServer(join(dir, name), env, role)
  running.set(name, server)
  return server
}

beforeAll(async () => {
  folder = await testFolder('fixed')
  dir = await mkdtemp(join(tmpdir(), 'earshot-machines-'))
  postgres = await startPostgres()
  const url = await postgres.createDatabase()
  database = new pg.Client({ connectionString: url })
  await database.connect()
  bucket = new S3rver({ port: 0, silent: true, directory: join(dir, 's3') })
  const { port } = await bucket.run()
  const s3 = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
  }
  const credentials = { accessKeyId: s3.AWS_ACCESS_KEY_ID, secretAccessKey: s3.AWS_SECRET_ACCESS_KEY }
  const client = new S3Client({
    endpoint: s3.AWS_ENDPOINT_URL,
    region: s3.AWS_REGION,
    credentials,
    forcePathStyle: true,
  })
  await client.send(new CreateBucketCommand({ Bucket: 'media' }))
  env = {
    ...s3,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    DATABASE_URL: url,
    EARSHOT_MEDIA_URL: 's3://media/earshot',
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_JOBS: '1',
  }
})

afterAll(async () => {
  await Promise.all([...running.values()].map((server) => server.kill()))
  await database?.end()
  await bucket?.close()
  await postgres?.stop()
  await folder?.remove()
  await rm(dir, { recursive: true, force: true })
})

const count = async (query: string): Promise<number> =>
  Number((await database.query<{ n: string }>(`select count(*) as n from ${query}`)).rows[0]!.n)

it('share the work, and lose none of it when one dies', { timeout: 180_000 }, async () => {
  const [one, two] = [await start('api-1', 'api'), await start('api-2', 'api')]
  await Promise.all([start('worker-1', 'worker'), start('worker-2', 'worker')])
  const { accountId, apiKey } = await newAccount(join(dir, 'cli'), 1000, env)

  const words = toneProgramme(11, SECONDS)
  const { body: media } = await upload(one.origin, apiKey, Buffer.from(wav(toneAudio(words, SECONDS))))
  // Uploaded at one, transcribed at the other.
  const answers = [1, 2, 3].map(() => transcribe(two.origin, apiKey, { mediaId: media.mediaId }))
  while ((await count('parts')) < 3) await sleep(10)
  expect(await count("transcriptions where state = 'running'")).toBe(2)
  await running.get('worker-1')!.kill()
  running.delete('worker-1')

  const truth = words.map((w) => w.word).join(' ')
  for (const { status, body } of await Promise.all(answers)) {
    expect(status).toBe(200)
    expect(body.transcript).toBe(truth)
    expect(body.creditsDebited).toBe(SECONDS / 60)
  }
  const audit = await earshot(join(dir, 'cli'), ['credits', 'audit'], env)
  expect(JSON.parse(audit.stdout)).toMatchObject({ ok: true, faults: [] })
  const balance = await earshot(join(dir, 'cli'), ['credits', 'balance', accountId], env)
  expect(JSON.parse(balance.stdout)).toMatchObject({ posted: 1000 - (3 * SECONDS) / 60, pending: 0 })
})

it('take the pieces of one upload', async () => {
  const [one, two] = [running.get('api-1')!, running.get('api-2')!]
  const { apiKey } = await newAccount(join(dir, 'cli'), 10, env)
  const file = Buffer.from(wav(toneAudio(toneProgramme(3, 4), 4)))
  const tus = { 'tus-resumable': '1.0.0', authorization: `Bearer ${apiKey}` }
  const begun = await fetch(`${one.origin}/v1/uploads`, {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(file.length) },
  })
  const path = begun.headers.get('location')!
  const patch = async ({ origin }: TestServer, from: number, to: number): Promise<Response> =>
    fetch(origin + path, {
      method: 'PATCH',
      headers: { ...tus, 'upload-offset': String(from), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(file.subarray(from, to)),
    })
  expect((await patch(one, 0, 70_000)).status).toBe(204)
  const mediaId = (await patch(two, 70_000, file.length)).headers.get('earshot-media-id')
  const content = await fetch(`${one.origin}/v1/media/${mediaId}/content`, { headers: tus })
  expect(Buffer.from(await content.arrayBuffer()).equals(file)).toBe(true)
})

it('is ready only while a worker lives', async () => {
  const { origin } = running.get('api-1')!
  expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  await running.get('worker-2')!.stop() // one that is stopped says so; one that died is missed in half a minute
  running.delete('worker-2')
  await database.query('delete from workers')
  const ready = await fetch(`${origin}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ checks: { engine: 'no worker runs' } })
})
