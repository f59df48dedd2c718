/** Where there is chaos: one machine on SQLite, and several on PostgreSQL and S3. */
import { join } from 'node:path'
import pg from 'pg'
import type { World } from './chaos.ts'
import { faultyProxy } from './faulty-proxy.ts'
import { type Fault, faultyS3 } from './faulty-s3.ts'
import { startPostgres } from './postgres.ts'
import { readRows } from './rows.ts'
import { writeToneModel } from './tone.ts'

export interface OpenWorld extends World {
  close(): Promise<void>
}

const settings = (dir: string): Record<string, string> => ({
  EARSHOT_MODEL: writeToneModel(join(dir, 'model'), 'fixed'),
  EARSHOT_SLOTS: '1',
  EARSHOT_LOG_LEVEL: 'error',
})

export async function onOneMachine(dir: string): Promise<OpenWorld> {
  return {
    dir,
    env: settings(dir),
    machines: [{ name: 'one', role: 'serve' }],
    outages: {},
    rows: async (query) => readRows(join(dir, 'one'), query),
    close: async () => {},
  }
}

export async function onSeveralMachines(dir: string): Promise<OpenWorld> {
  const postgres = await startPostgres()
  const direct = new URL(await postgres.createDatabase())
  const database = new pg.Client(direct.href)
  await database.connect()
  const line = await faultyProxy({ path: `${direct.searchParams.get('host')}/.s.PGSQL.5432` })
  const s3 = await faultyS3(join(dir, 's3'), 'media')
  const storage = (fault: Fault) => () => {
    s3.set(fault)
    return () => s3.set('none')
  }
  const mend = (): void => line.mend()
  return {
    dir,
    env: {
      ...settings(dir),
      ...s3.env,
      DATABASE_URL: `postgres://postgres@127.0.0.1:${line.port}${direct.pathname}`,
      EARSHOT_DATABASE_TIMEOUT: '4',
      EARSHOT_MEDIA_URL: 's3://media/earshot',
      EARSHOT_MEDIA_TIMEOUT: '3',
    },
    machines: [
      { name: 'api-1', role: 'api' },
      { name: 'api-2', role: 'api' },
      { name: 'worker-1', role: 'worker' },
      { name: 'worker-2', role: 'worker' },
      { name: 'worker-3', role: 'worker' },
    ],
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
    async close() {
      await database.end()
      await line.close()
      await s3.close()
      await postgres.stop()
    },
  }
}
