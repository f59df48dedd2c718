/** The queue under load: claims a second, how long one takes, and what accepting costs beside a long queue. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { databaseAway } from '../src/adapters/database/away.ts'
import { openDatabase } from '../src/adapters/database/open.ts'
import { createPool, openPostgres } from '../src/adapters/database/postgres.ts'
import { diskMediaStore } from '../src/adapters/media-store/disk.ts'
import { loadConfig } from '../src/config/load.ts'
import { type Ctx, type Deps, SCOPES } from '../src/domain/context.ts'
import { freed } from '../src/domain/leases/lease.ts'
import type { Db, MediaRow } from '../src/domain/tables.ts'
import { accept } from '../src/domain/transcriptions/accept.ts'
import { type ClaimedTranscription, claim } from '../src/domain/transcriptions/claim.ts'
import { requireRoom } from '../src/domain/transcriptions/room.ts'
import { policyOf } from '../src/main/compose.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { fillQueue } from './claims-fill.ts'
import { cpuSeconds, quantile, table } from './measure.ts'

const WORKERS = [1, 3, 10, 30]
const QUEUED = Number(process.env.BENCH_QUEUED ?? 100_000)
const ENDED = Number(process.env.BENCH_ENDED ?? 1_000_000)
const ACCOUNTS = Number(process.env.BENCH_ACCOUNTS ?? 1000)
const SECONDS = 5
const PACE = 300
const ACCEPTS = 200
const LEASE_MS = 15_000
/** Of each worker, under way at the same time. */
const AT_ONCE = 4
const POSTGRES = ['shared_buffers=512MB', 'max_wal_size=4GB']

export async function claims(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-claims-'))
  const postgres = await startPostgres(POSTGRES)
  try {
    const url = await postgres.createDatabase()
    return [await measure({ dataDir: dir }), await measure({ dataDir: dir, url })].join('\n\n')
  } finally {
    await postgres.stop()
    await rm(dir, { recursive: true, force: true })
  }
}

async function measure(where: { dataDir: string; url?: string }): Promise<string> {
  // To fill it takes longer than any statement of the server may.
  const database = await openDatabase({ ...where, statementMs: 600_000 })
  const { db, kind } = database
  const begin = performance.now()
  await fillQueue(db, kind, { accounts: ACCOUNTS, queued: QUEUED, ended: ENDED })
  console.error(`${kind}: filled in ${((performance.now() - begin) / 1000).toFixed(0)} s`)
  const rows: (string | number)[][] = []
  for (const workers of WORKERS) {
    const all = await claiming(db, where.url, workers, 0)
    const paced = await claiming(db, where.url, workers, (1000 * workers) / PACE)
    rows.push([kind, workers, all.rate, all.p50, all.p95, all.cpu, all.empty, paced.rate, paced.p95])
  }
  const accepting = await timeAccept({
    ...database,
    databaseAway,
    policy: { ...policyOf(loadConfig({})), queue: { max: 10 * QUEUED, perAccount: 10 * QUEUED } },
    media: diskMediaStore(where.dataDir),
  })
  await database.close()
  const head = [
    'database',
    'workers',
    'claims/s',
    'median, ms',
    'p95, ms',
    'CPU, ms',
    'empty',
    'paced, claims/s',
    'its p95, ms',
  ]
  return `${table(head, rows)}\n\n${accepting}`
}

/** As many loops as there are workers, each with its own connection where the database has connections. */
async function claiming(db: Db, url: string | undefined, workers: number, everyMs: number) {
  const times: number[] = []
  let empty = 0
  const until = performance.now() + SECONDS * 1000
  async function worker(number: number): Promise<void> {
    const own = url === undefined ? db : openPostgres(createPool(url))
    const held: ClaimedTranscription[] = []
    await sql`select 1`.execute(own)
    for (let due = performance.now() + (everyMs * number) / workers; ; due += everyMs) {
      if (everyMs > 0) await sleep(Math.max(0, due - performance.now()))
      if (performance.now() >= until) break
      const begin = performance.now()
      const claimed = await claim({ db: own }, LEASE_MS, { downloads: number % 2 === 1 })
      times.push(performance.now() - begin)
      if (claimed) held.push(claimed)
      else empty++
      if (held.length > AT_ONCE) await end(own, held.shift()!)
    }
    for (const each of held) await end(own, each)
    if (own !== db) await own.destroy()
  }
  const cpu = cpuSeconds(process.pid)
  const begin = performance.now()
  await Promise.all(Array.from({ length: workers }, (_, number) => worker(number)))
  const seconds = (performance.now() - begin) / 1000
  const spent = ((cpuSeconds(process.pid) - cpu) * 1000) / times.length
  return {
    rate: Math.round(times.length / seconds),
    p50: ms(times, 0.5),
    p95: ms(times, 0.95),
    cpu: spent.toFixed(2),
    empty,
  }
}

const end = (db: Db, { lease: { token } }: ClaimedTranscription): Promise<unknown> =>
  db
    .updateTable('transcriptions')
    .set({ state: 'succeeded', ...freed })
    .where('lease_token', '=', token)
    .execute()

async function timeAccept(deps: Deps): Promise<string> {
  const [whole, room, bare]: [number[], number[], number[]] = [[], [], []]
  for (let k = 0; k < ACCEPTS; k++) {
    const ctx: Ctx = {
      accountId: `acct_${k % ACCOUNTS}`,
      keyId: null,
      scopes: SCOPES,
      requestId: 'req_bench',
    }
    const media = { id: 'media_bench', filename: 'bench.wav', duration_ms: 30_000 } as MediaRow
    const begin = performance.now()
    await accept(deps, ctx, {
      surface: 'native',
      wishes: {},
      source: { kind: 'media', media },
      price: { kind: 'flat', credits: 1 },
      expectedSeconds: 30,
    })
    whole.push(performance.now() - begin)
    const asked = performance.now()
    await deps.db.transaction().execute((tx) => requireRoom(tx, deps.policy, ctx.accountId))
    room.push(performance.now() - asked)
    const alone = performance.now()
    await deps.db
      .updateTable('accounts')
      .set({ name: `${k}` })
      .where('id', '=', ctx.accountId)
      .execute()
    bare.push(performance.now() - alone)
  }
  const said = (times: number[]): string => `${ms(times, 0.5)} ms, p95 ${ms(times, 0.95)} ms`
  return `Accepting one more: ${said(whole)}; of it, whether there is room: ${said(room)}, its transaction included. One row written, and its way to the disk, as the measure of both: ${said(bare)}.`
}

const ms = (times: number[], q: number): string => quantile(times, q).toFixed(1)
