import { sql } from 'kysely'
import { SAMPLE_RATE } from '../../../ports/engine.ts'
import type { Deps } from '../../context.ts'
import { type Mark, marksOf, type Stored } from './heard.ts'
import { type Forecast, forecastOf, type Open, usualLength } from './rules.ts'
import { sharedForAMoment } from './shared-for-a-moment.ts'
import type { Run } from './speed.ts'

type ForecastDeps = Pick<Deps, 'db' | 'clock'>

/** So many recordings back, and so long. */
const RECENT = 20
const RECENT_MS = 7 * 24 * 3_600_000
/** Of an account, in the order of its queue. */
const MOST_WAITING = 1000
const MOST_ACCOUNTS = 100
/** Parts of a channel that is heard for itself have numbers from once or twice this; see `pipeline/transcribe-channels.ts`. */
const CHANNEL_NUMBERS = 1_000_000

/** What an account can expect of what it has under way, from how fast this server was lately. */
export async function readForecast({ db, clock }: ForecastDeps, accountId: string): Promise<Forecast> {
  const recent = await recentRuns({ db, clock })
  const [running, waiting, others] = [
    await runningNow(db),
    await waitingOf(db, accountId),
    await waitingOfOthers(db, accountId),
  ]
  const marks = await marksNow({ db, clock })
  const usual = usualLength(recent)
  const asked = new Map(recent.map((run) => [run.asked, run.model]))
  const modelOf = (name: string | null): string | null => asked.get(name) ?? name ?? recent[0]?.model ?? null
  const open: Open[] = [
    ...running.map(
      ({ claimed_at, heard_at, ...row }): Open => ({
        ...nothingHeard(row.id, row.account_id, row.duration_ms),
        model: modelOf(row.model),
        runs: true,
        isFetched: row.stage === 'downloading',
        // Of an earlier attempt: it waits once more.
        heardAt: heard_at && heard_at >= (claimed_at ?? 0) ? Number(heard_at) : null,
        marks: marks.get(row.id) ?? [],
      }),
    ),
    ...waiting.map((row) => ({
      ...nothingHeard(row.id, row.account_id, row.duration_ms),
      model: modelOf(row.model),
    })),
    ...others.map((row) =>
      nothingHeard(`of ${row.account_id}`, row.account_id, Number(row.count) * usual * 1000),
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
  marks: [],
  isFetched: false,
})

/** The newest first. The same for all accounts. */
const recentRuns = sharedForAMoment(
  async ({ db, clock }: ForecastDeps): Promise<(Run & { asked: string | null })[]> => {
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
  },
)

/** Of all accounts, in the order in which they were claimed. */
const runningNow = (db: Deps['db']) =>
  db
    .selectFrom('transcriptions as t')
    .select(['t.id', 't.account_id', 't.model', 't.duration_ms', 't.stage', 't.claimed_at', 't.heard_at'])
    .where(sql<boolean>`t.state = 'running'`)
    .orderBy('t.claimed_at')
    .orderBy('t.id')
    .execute()

/** What was heard of those that run, second by second. The same for all accounts. */
const marksNow = sharedForAMoment(async ({ db }: ForecastDeps): Promise<Map<string, Mark[]>> => {
  const { rows } = await sql<{ id: string; channel: number; at: number; until: number }>`
    select p.transcription_id as id, p.idx / ${sql.lit(CHANNEL_NUMBERS)} as channel, max(p.created_at) as at,
      max(p."to") as until
    from parts p join transcriptions t on t.id = p.transcription_id
    where t.state = 'running'
    group by p.transcription_id, p.idx / ${sql.lit(CHANNEL_NUMBERS)}, p.created_at / 1000`.execute(db)
  const stored = new Map<string, Stored[]>()
  for (const { id, channel, at, until } of rows) {
    const those = stored.get(id) ?? []
    those.push({ channel: Number(channel), at: Number(at), to: Number(until) / SAMPLE_RATE })
    stored.set(id, those)
  }
  return new Map([...stored].map(([id, those]) => [id, marksOf(those)]))
})

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
