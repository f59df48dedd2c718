/** Where there is chaos: one machine on SQLite, and several on PostgreSQL and S3. */
import { join } from 'node:path'
import pg from 'pg'
import type { Machine, World } from './chaos.ts'
import { HOLDERS, SEEN, WATCH } from './chaos-watch.ts'
import { faultyProxy } from './faulty-proxy.ts'
import { type Fault, faultyS3 } from './faulty-s3.ts'
import { startPostgres } from './postgres.ts'
import { readRows } from './rows.ts'
import { writeToneModel } from './tone.ts'
import { startTranscriptionDouble } from './transcription-double.ts'

export interface OpenWorld extends World {
  close(): Promise<void>
}

export async function onOneMachine(dir: string): Promise<OpenWorld> {
  return {
    dir,
    env: {
      EARSHOT_MODEL: writeToneModel(join(dir, 'model'), 'fixed'),
      EARSHOT_SLOTS: '1',
      EARSHOT_LOG_LEVEL: 'error',
    },
    machines: [{ name: 'one', role: 'serve' }],
    // There is no clock but its own: a day ahead by that, credits are held no longer, and keys are forgotten.
    hoursAhead: 20,
    outages: {},
    rows: async (query) => readRows(join(dir, 'one'), query),
    unseen: async () => [],
    close: async () => {},
  }
}

/** The time that an engine takes for a part, ms, so that accidents hit machines at work. */
const PART_MS = 400

/** Two `api` processes, workers that do everything, one that only fetches, one that only recognises, and runners. */
export async function onSeveralMachines(dir: string, { more = 0 } = {}): Promise<OpenWorld> {
  const postgres = await startPostgres()
  const direct = new URL(await postgres.createDatabase())
  const database = new pg.Client(direct.href)
  await database.connect()
  const line = await faultyProxy({ path: `${direct.searchParams.get('host')}/.s.PGSQL.5432` })
  const s3 = await faultyS3(join(dir, 's3'), 'media')
  const engine = await startTranscriptionDouble()
  engine.costMs = PART_MS
  const storage = (fault: Fault) => () => {
    s3.set(fault)
    return () => s3.set('none')
  }
  const mend = (): void => line.mend()
  const ofEngine = {
    EARSHOT_ENGINE_URL: engine.url,
    EARSHOT_ENGINE_SPLITTER: 'fixed',
    EARSHOT_SLOTS: '1',
    EARSHOT_LOG_LEVEL: 'error',
  }
  const numbered = (count: number, name: string, role: Machine['role']): Machine[] =>
    Array.from({ length: count }, (_, k) => ({ name: `${name}-${k + 1}`, role }))
  return {
    dir,
    env: {
      ...ofEngine,
      ...s3.env,
      DATABASE_URL: `postgres://postgres@127.0.0.1:${line.port}${direct.pathname}`,
      EARSHOT_DATABASE_TIMEOUT: '4',
      EARSHOT_MEDIA_URL: 's3://media/earshot',
      EARSHOT_MEDIA_TIMEOUT: '3',
    },
    runnerEnv: ofEngine,
    machines: [
      ...numbered(2, 'api', 'api'),
      ...numbered(1 + more, 'worker', 'worker'),
      { name: 'fetcher', role: 'worker --only fetch' },
      { name: 'recogniser', role: 'worker --only recognise' },
      ...numbered(1 + more, 'runner', 'runner'),
    ],
    hoursAhead: 25,
    outages: {
      'storage fails': storage('error'),
      'storage is silent': storage('silent'),
      'storage breaks off': storage('broken'),
      'database cut off': () => {
        line.cut()
        return mend
      },
      'database silent': () => {
        line.stall()
        return mend
      },
    },
    rows: async (query) => (await database.query(query)).rows,
    watch: async () => void (await database.query(WATCH)),
    async holders() {
      const { rows } = await database.query<{ by: string }>(HOLDERS)
      return rows.map(({ by }) => by)
    },
    async unseen() {
      const { rows } = await database.query<{ fault: string; n: string }>(SEEN)
      return rows.map(({ fault, n }) => `${n} × ${fault}`)
    },
    async close() {
      await database.end()
      await line.close()
      await s3.close()
      await engine.close()
      await postgres.stop()
    },
  }
}
