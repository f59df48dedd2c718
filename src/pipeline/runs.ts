/** Does the runs of one kind, one after the other. One in every worker process that can. */
import { DomainError } from '../domain/errors.ts'
import type { Claimed } from '../domain/leases/due.ts'
import { Lost } from '../domain/leases/lease.ts'
import { whileHeld } from '../domain/leases/while-held.ts'
import type { RunRowOf, RunTable } from '../domain/runs/kinds.ts'
import { claimRun, failRun, giveBackRun, notePct } from '../domain/runs/work.ts'
import { workFailure } from '../domain/transcriptions/failures.ts'
import type { SignalTopic } from '../ports/signals.ts'
import type { PipelineDeps } from './context.ts'
import { outageOf } from './outages.ts'
import { whenDue } from './when-due.ts'

/** Deaths of a worker, or of its tools, after which it is given up. */
const MOST_ATTEMPTS = 5
/** What is away, or full, may be so for a while. */
const OUTAGE_MS = 5000
/** How often is said how far it is. */
const SAY_MS = 1000

export interface Kind<T extends RunTable> {
  table: T
  /** The signal that one is due. */
  topic: SignalTopic
  /** What is done, for the log: “speakers told apart”. */
  done: string
  /** What is said of one whose worker died several times. */
  lost: string
  /** Whether this worker can do it. */
  able(): boolean | Promise<boolean>
  /** Ends it. @throws DomainError, MediaError, EngineError, Lost, the signal's reason */
  work(row: RunRowOf<T>, signal: AbortSignal): Promise<void>
}

export function startRuns<T extends RunTable>(deps: PipelineDeps, kind: Kind<T>): { stop(): Promise<void> } {
  const { table, topic } = kind
  return whenDue(deps.signals, {
    topic,
    everyMs: 2000,
    atOnce: 1,
    claim: async () => ((await kind.able()) ? claimRun(deps, table) : undefined),
    run: ({ row, lease }, stopping) =>
      runClaimed(deps, kind, { row: row as RunRowOf<T>, lease }, stopping).catch((err: unknown) =>
        deps.logger.error({ err, transcription: row.transcription_id }, `${table}: not stored`),
      ),
    failed: (err) => deps.logger.error({ err }, `${table}: cannot look for work`),
  })
}

const runClaimed = <T extends RunTable>(
  deps: PipelineDeps,
  kind: Kind<T>,
  { row, lease }: Omit<Claimed<unknown>, 'row'> & { row: RunRowOf<T> },
  stopping: AbortSignal,
): Promise<void> =>
  whileHeld(deps, lease, async (lost) => {
    const signal = AbortSignal.any([stopping, lost])
    try {
      if (row.attempts > MOST_ATTEMPTS) throw new DomainError('transcription.lost', kind.lost)
      await kind.work(row, signal)
      deps.logger.info({ transcription: row.transcription_id }, kind.done)
    } catch (cause) {
      if (cause instanceof Lost || lost.aborted) return
      await settle(deps, kind, row, cause, stopping.aborted).catch((error: unknown) => {
        if (!(error instanceof Lost)) throw error
      })
    }
  })

async function settle<T extends RunTable>(
  deps: PipelineDeps,
  { table, done }: Kind<T>,
  row: RunRowOf<T>,
  cause: unknown,
  stopping: boolean,
): Promise<void> {
  if (stopping) return giveBackRun(deps, table, row, 0)
  // Its lease will run out, and then it begins again.
  if (deps.databaseAway(cause)) return
  const log = deps.logger.child({ transcription: row.transcription_id })
  const outage = outageOf(deps, cause)
  if (outage) {
    log.warn({ err: cause }, `${done}: not at the moment; it is tried again`)
    // What kills its tools each time would do so for ever.
    return giveBackRun(deps, table, row, OUTAGE_MS, outage === 'killed' ? row.attempts : row.attempts - 1)
  }
  const failure = workFailure(cause)
  if (failure.code === 'internal') log.error({ err: cause }, `${done}: failed`)
  else log.warn({ code: failure.code }, `${done}: failed`)
  await failRun(deps, table, row, failure)
}

/** Tells now and then how much is done, of all that there is to do. All is told by the run's end. */
export function saysHowFar<T extends RunTable>(
  deps: PipelineDeps,
  table: T,
  row: RunRowOf<T>,
): (done: number, all: number | null) => Promise<void> {
  let saidAt = performance.now()
  return async (done, all) => {
    if (!all || performance.now() - saidAt < SAY_MS) return
    saidAt = performance.now()
    await notePct(deps, table, row, Math.min(99, Math.floor((done / all) * 100)))
  }
}
