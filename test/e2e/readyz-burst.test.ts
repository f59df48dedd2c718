/** All connections of the requests are taken, and the database works: that is what `/readyz` and `/metrics` say. */
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findBinaries, sharedDatabase } from '../support/postgres.ts'
import { newAccount, startServer, type TestServer, testFolder } from '../support/server.ts'

it.skipIf(!findBinaries())('a burst leaves the server ready, and says so at once', async () => {
  // The worker has said what it can do.
  await expect.poll(async () => (await fetch(`${api.origin}/readyz`)).status, { timeout: 30_000 }).toBe(200)
  const database = new pg.Client(env.DATABASE_URL)
  await database.connect()
  // Every request waits for its key.
  await database.query('begin; lock table api_keys in access exclusive mode')
  const headers = { 'soku-api-key': apiKey }
  const burst = Array.from({ length: 50 }, () => fetch(`${api.origin}/v1/credits`, { headers }))
  await sleep(500)
  const [ready, metrics] = await Promise.all([
    fetch(`${api.origin}/readyz`),
    fetch(`${api.origin}/metrics`).then((answer) => answer.text()),
  ])
  await database.query('rollback')
  await database.end()
  const answer = (await ready.json()) as { engines: object[] }
  expect(answer).toMatchObject({ ready: true, checks: { database: 'ok', engine: 'ok', fetching: 'ok' } })
  expect(answer.engines).toHaveLength(1)
  expect(metrics).toContain('\nearshot_database_up 1\n')
  expect((await Promise.all(burst)).map(({ status }) => status)).toEqual(burst.map(() => 200))
})

let folder: Awaited<ReturnType<typeof testFolder>>
let env: {
  DATABASE_URL: string
  EARSHOT_MODEL: string
  EARSHOT_SLOTS: string
  EARSHOT_DATABASE_CONNECTIONS: string
}
let worker: TestServer
let api: TestServer
let apiKey: string

beforeAll(async () => {
  if (!findBinaries()) return
  folder = await testFolder('fixed')
  env = {
    DATABASE_URL: await sharedDatabase(),
    EARSHOT_MODEL: folder.model,
    EARSHOT_SLOTS: '1',
    EARSHOT_DATABASE_CONNECTIONS: '3',
  }
  worker = await startServer(folder.dataDir, env, 'worker')
  api = await startServer(folder.dataDir, env, 'api')
  apiKey = (await newAccount(folder.dataDir, 1000, env)).apiKey
})

afterAll(async () => {
  await api?.kill()
  await worker?.kill()
  await folder?.remove()
})
