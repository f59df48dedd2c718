import { sql } from 'kysely'
import { SAMPLE_RATE } from '../../../ports/engine.ts'
import type { Deps } from '../../context.ts'
import { type Forecast, forecastOf, type Open } from './rules.ts'
import type { Run } from './speed.ts'

type ForecastDeps = Pick<Deps, 'db' | 'clock'>

/** So many recordings back, and so long. */
const RECENT = 20
const RECENT_MS = 7 * 24 * 3_600_000
/** Of an account, in the order of its queue. */
const MOST_WAITING = 1000
const MOST_ACCOUNTS = 100

/** What an account can expect of what it has under way, from how fast this server was lately. */
export async function readForecast({ db, clock }: ForecastDeps, accountId: string): Promise<Forecast> {
  const recent = await recentRuns({ db, clock })
  const [running, waiting, others] = [
    await runningNow(db),
    await waitingOf(db, accountId),
    await waitingOfOthers(db, accountId),
  ]
  const mean = recent.reduce((sum, { seconds }) => sum + seconds, 0) / Math.max(1, recent.length)
  const asked = new Map(recent.map((run) => [run.asked, run.model]))
  const modelOf = (name: string | null): string | null => asked.get(name) ?? name ?? recent[0]?.model ?? null
  const open: Open[] = [
    ...running.map(
      ({ claimed_at, heard_at, samples, done_at, ...row }): Open => ({
        ...nothingHeard(row.id, row.account_id, row.duration_ms),
        model: modelOf(row.model),
        runs: true,
        isFetched: row.stage === 'downloading',
        // Of an earlier attempt: it waits once more.
        heardAt: heard_at && heard_at >= (claimed_at ?? 0) ? Number(heard_at) : null,
        done: samples === null ? null : { seconds: Number(samples) / SAMPLE_RATE, at: Number(done_at) },
      }),
    ),
    ...waiting.map((row) => ({
      ...nothingHeard(row.id, row.account_id, row.duration_ms),
      model: modelOf(row.model),
    })),
    ...others.map((row) =>
      nothingHeard(`of ${row.account_id}`, row.account_id, Number(row.count) * mean * 1000),
    ),
  ]
  return forecastOf(clock.now(), recent, open, accountId)
}

const nothingHeard = (id: string, accountId: string, durationMs: number | null): Open => ({
  id,
  accountId,
  model: null,
  runs: false,
  seconds: durationMs === null ? null : durationMs / 1000,
  heardAt: null,
  done: null,
  isFetched: false,
})

/** The newest first. */
async function recentRuns({ db, clock }: ForecastDeps): Promise<(Run & { asked: string | null })[]> {
  const rows = await db
    .selectFrom('transcriptions')
    .select(['model', 'model_used', 'heard_at', 'finished_at', 'duration_ms'])
    // Word for word as in the index that has only these.
    .where(sql<boolean>`heard_at is not null`)
    .where('finished_at', '>', clock.now() - RECENT_MS)
    .where('state', '=', 'succeeded')
    .where('attempts', '=', 1)
    .orderBy('finished_at', 'desc')
    .limit(RECENT)
    .execute()
  return rows.flatMap(({ model: asked, model_used: model, heard_at, finished_at, duration_ms }) =>
    model !== null && heard_at && finished_at && duration_ms
      ? [{ asked, model, from: Number(heard_at), to: Number(finished_at), seconds: duration_ms / 1000 }]
      : [],
  )
}

/** Of all accounts, in the order in which they were claimed, with what is done of each. */
const runningNow = (db: Deps['db']) =>
  db
    .selectFrom('transcriptions as t')
    .leftJoin('parts as p', 'p.transcription_id', 't.id')
    .select(['t.id', 't.account_id', 't.model', 't.duration_ms', 't.stage', 't.claimed_at', 't.heard_at'])
    .select([
      sql<number | null>`sum(p."to" - p."from")`.as('samples'),
      (eb) => eb.fn.max('p.created_at').as('done_at'),
    ])
    .where(sql<boolean>`t.state = 'running'`)
    .groupBy(['t.id', 't.account_id', 't.model', 't.duration_ms', 't.stage', 't.claimed_at', 't.heard_at'])
    .orderBy('t.claimed_at')
    .orderBy('t.id')
    .execute()

async function waitingOf(db: Deps['db'], accountId: string) {
  return db
    .selectFrom('transcriptions as t')
    .select(['t.id', 't.account_id', 't.model', 't.duration_ms'])
    .where(sql<boolean>`t.state = 'queued' and t.leader_id is null`)
    .where('t.account_id', '=', accountId)
    .orderBy('t.due_at')
    .orderBy('t.id')
    .limit(MOST_WAITING)
    .execute()
}

const waitingOfOthers = (db: Deps['db'], accountId: string) =>
  db
    .selectFrom('queues')
    .select((eb) => ['account_id', eb.fn.sum<number>('waiting').as('count')])
    .where('waiting', '>', 0)
    .where('account_id', '!=', accountId)
    .groupBy('account_id')
    .limit(MOST_ACCOUNTS)
    .execute()
