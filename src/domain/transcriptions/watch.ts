import type { Deps } from '../context.ts'
import { DomainError } from '../errors.ts'
import { patiently } from '../patiently.ts'
import type { Stage, TranscriptionRow, TranscriptionState } from '../tables.ts'
import { timeOut } from './settle.ts'

type WatchDeps = Pick<Deps, 'db' | 'signals' | 'clock' | 'stopping' | 'databaseAway'>

/** Signals may be lost; a look now and then finds what they did not say. */
const LOOK_MS = 10_000

const STOPPING =
  'The server is restarting. Nothing is lost: the transcription goes on afterwards. Ask again in a moment.'

export interface Status {
  state: TranscriptionState
  stage: Stage | null
  pct: number
}

export const hasEnded = (state: TranscriptionState): boolean => state !== 'queued' && state !== 'running'

export interface WatchOptions {
  /** Also when only a part was stored. */
  everySignal?: boolean
  /** Epoch ms after which the watching ends; the work goes on. */
  until?: number
}

/**
 * Yields the status whenever it changed, and ends after the last one. At the transcription's deadline
 * it is ended here, so that the row and the client agree.
 * @throws DomainError `server.stopping` when this server stops, `transcription.under_way` at the watcher's own
 * time: the work goes on, but not the watching
 */
export async function* watch(
  deps: WatchDeps,
  id: string,
  gone: AbortSignal,
  { everySignal = false, until = Infinity }: WatchOptions = {},
): AsyncGenerator<Status> {
  const signal = deps.stopping ? AbortSignal.any([gone, deps.stopping]) : gone
  let wake: () => void = () => {}
  let leader: string | null = null
  const unsubscribe = deps.signals.subscribe('job.changed', (changed) => {
    if (changed === id || changed === leader) wake()
  })
  try {
    let last = ''
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve
      })
      const row = await patiently(deps, signal, () => look(deps.db, id))
      leader = row.leader_id
      const { deadline_at, leader_id: _, ...status } = row
      const key = JSON.stringify(status)
      if (everySignal || key !== last) yield status
      last = key
      if (hasEnded(row.state)) return
      const left = (deadline_at ?? Infinity) - deps.clock.now()
      const patience = until - deps.clock.now()
      if (left <= 0) await timeOut(deps, id)
      else if (patience <= 0) throw underWay(id)
      else await firstOf(changed, signal, Math.min(LOOK_MS, left, patience))
    }
    if (deps.stopping?.aborted) throw new DomainError('server.stopping', STOPPING, { transcriptionId: id })
  } finally {
    unsubscribe()
  }
}

const underWay = (id: string): DomainError =>
  new DomainError(
    'transcription.under_way',
    `The transcription takes longer than a request may. It goes on: ask for GET /v1/transcriptions/${id}, or send ` +
      'the same request again with its Idempotency-Key.',
    { transcriptionId: id },
  )

/** The row once it has ended. Rejects with the signal's reason when nobody waits any more. */
export async function waitForEnd(
  deps: WatchDeps,
  id: string,
  signal: AbortSignal,
  options: WatchOptions = {},
): Promise<TranscriptionRow> {
  for await (const _ of watch(deps, id, signal, options));
  signal.throwIfAborted()
  return patiently(deps, signal, () =>
    deps.db.selectFrom('transcriptions').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
  )
}

/** One that waits for the result of another shows that one's progress. */
async function look(db: Deps['db'], id: string) {
  const row = await db
    .selectFrom('transcriptions as t')
    .leftJoin('transcriptions as l', 'l.id', 't.leader_id')
    .select(['t.state', 't.stage', 't.pct', 't.deadline_at', 't.leader_id'])
    .select(['l.state as leaderState', 'l.stage as leaderStage', 'l.pct as leaderPct'])
    .where('t.id', '=', id)
    .executeTakeFirst()
  if (!row) throw new DomainError('resource.not_found', `There is no transcription ${id}.`)
  const { leaderState, leaderStage, leaderPct, ...own } = row
  if (own.state !== 'queued' || leaderState !== 'running') return own
  return { ...own, state: leaderState, stage: leaderStage, pct: leaderPct ?? own.pct }
}

function firstOf(changed: Promise<void>, signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    void changed.then(end)
  })
}
