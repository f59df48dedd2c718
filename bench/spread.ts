/** One recording on many machines: how long an hour takes with 1, 2 and 4 workers, and an engine of known cost. */
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { upload } from '../test/support/client.ts'
import { nativeClient } from '../test/support/native.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { type Env, newAccount, startServer, type TestServer } from '../test/support/server.ts'
import { toneAudio, toneProgramme, wav } from '../test/support/tone.ts'
import { table } from './measure.ts'

const WORKERS = [1, 2, 4]
const SECONDS = Number(process.env.BENCH_SECONDS ?? 3600)
/** What the engine takes for a part. No processor does it, so that one machine can play many. */
const COST_MS = Number(process.env.BENCH_COST_MS ?? 1000)

export async function spread(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-spread-'))
  const postgres = await startPostgres()
  const engine = await costlyEngine()
  try {
    const url = await postgres.createDatabase()
    return await measure(
      dir,
      {
        DATABASE_URL: url,
        EARSHOT_ENGINE_URL: `http://127.0.0.1:${(engine.server.address() as AddressInfo).port}`,
        EARSHOT_ENGINE_SPLITTER: 'fixed',
        EARSHOT_SLOTS: '1',
        EARSHOT_MAX_UPLOAD_MB: '1000',
      },
      engine,
    )
  } finally {
    engine.server.closeAllConnections()
    engine.server.close()
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

interface CostlyEngine {
  server: Server
  /** Parts so far. */
  heard: number
}

/** A server with OpenAI's audio API that waits, and says nothing much. */
async function costlyEngine(): Promise<CostlyEngine> {
  const engine: CostlyEngine = {
    heard: 0,
    server: createServer(async (request, response) => {
      for await (const _ of request);
      if (request.method === 'POST') {
        engine.heard++
        await sleep(COST_MS)
      }
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify(
          request.method === 'POST' ? { text: '', language: 'english', segments: [] } : { data: [] },
        ),
      )
    }),
  }
  await new Promise<void>((resolve) => engine.server.listen(0, '127.0.0.1', resolve))
  return engine
}

/** The machines share a folder, as by NFS. */
async function start(dir: string, name: string, env: Env, role: string): Promise<TestServer> {
  const own = join(dir, name)
  const store = join(dir, 'store')
  await mkdir(own, { recursive: true })
  await mkdir(store, { recursive: true })
  await symlink(store, join(own, 'store')).catch(() => {})
  return startServer(own, env, role)
}

async function measure(dir: string, env: Env, engine: CostlyEngine): Promise<string> {
  const database = new pg.Client({ connectionString: env.DATABASE_URL })
  await database.connect()
  const api = await start(dir, 'api', env, 'api')
  const running: TestServer[] = []
  try {
    const { apiKey } = await newAccount(join(dir, 'api'), 10_000, env)
    const client = nativeClient(api.origin, apiKey)
    const sound = Buffer.from(wav(toneAudio(toneProgramme(1, SECONDS), SECONDS)))
    const { body } = await upload(api.origin, apiKey, sound)
    const rows: string[][] = []
    let alone = 0
    for (const count of WORKERS) {
      while (running.length < count) running.push(await start(dir, `worker-${running.length}`, env, 'worker'))
      await said(database, count)
      engine.heard = 0
      const once = { 'idempotency-key': `${count}` }
      const begun = await client.call<{ id: string }>(
        'POST',
        '/transcriptions',
        { mediaId: body.mediaId },
        once,
      )
      const { state } = await client.ended(begun.body.id)
      if (state !== 'succeeded') throw new Error(`it ${state}`)
      const took = await lasted(database, begun.body.id)
      alone ||= took
      const cells = [took / 1000, (engine.heard * COST_MS) / 1000, alone / took, alone / took / count]
      rows.push([`${count}`, `${engine.heard}`, ...cells.map((cell) => cell.toFixed(2))])
    }
    return table(['workers', 'parts', 'took, s', 'the engine’s share, s', 'times as fast', 'of n'], rows)
  } finally {
    for (const worker of running) await worker.stop()
    await api.stop()
    await database.end()
  }
}

/** All are there, and have said so. */
async function said(database: pg.Client, count: number): Promise<void> {
  for (;;) {
    const { rows } = await database.query('select 1 from workers where spare > 0')
    if (rows.length === count) return
    await sleep(200)
  }
}

async function lasted(database: pg.Client, id: string): Promise<number> {
  const { rows } = await database.query<{ ms: string }>(
    'select finished_at - started_at as ms from transcriptions where id = $1',
    [id],
  )
  return Number(rows[0]?.ms)
}
