/**
 * Claims transcriptions and runs them side by side. One in every process that works; any number may
 * share a database. A worker that dies is noticed by its lease, and another goes on at the stored parts.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { DomainError } from '../domain/errors.ts'
import { type Lease, Lost } from '../domain/leases/lease.ts'
import { startPoll } from '../domain/leases/poll.ts'
import { whileHeld } from '../domain/leases/while-held.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import { workFailure } from '../domain/transcriptions/failures.ts'
import { type ClaimedTranscription, claim, giveBack } from '../domain/transcriptions/lease.ts'
import { expireOverdue, fail, succeed } from '../domain/transcriptions/settle.ts'
import { listWorkers } from '../domain/workers/list.ts'
import { removeAttemptFolder, removeJobFolder } from './acquire.ts'
import { Drained, type Job, type PipelineDeps } from './context.ts'
import { startHeartbeat } from './heartbeat.ts'
import { startHousekeeping } from './housekeeping.ts'
import { note } from './note.ts'
import { runThroughOutages } from './outages.ts'
import { startDeliverer } from './webhook-deliverer.ts'

const LEASE_MS = 15_000
/** Signals may be lost; a look now and then finds what they did not say. */
const LOOK_MS = 2000
/** With all places taken, so many times as many are there for what must not wait behind long work. */
const EXPRESS = 2

export interface WorkerOptions {
  /** Transcriptions that run side by side. */
  jobs: number
}

export interface Worker {
  /** Ids of what runs here now. */
  running(): string[]
  /** Ends in phases: begin nothing, let running parts finish for `graceMs`, then give the rest back. */
  stop(graceMs: number): Promise<void>
}

interface Running {
  id: string
  abort: AbortController
}

export function startWorker(deps: PipelineDeps, { jobs }: WorkerOptions): Worker {
  const name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const running = new Set<Running>()
  const draining = new AbortController()

  async function claimOne(): Promise<ClaimedTranscription | undefined> {
    if (running.size >= jobs * EXPRESS) return undefined
    return claim(deps, LEASE_MS, {
      perAccount: deps.policy.accountJobs,
      express: running.size >= jobs,
      elsewhere: await modelsElsewhere(),
      diarizes: deps.diarizer.available(),
    })
  }

  async function modelsElsewhere(): Promise<string[]> {
    const here = new Set(deps.engine.models().map(({ model }) => model))
    const workers = await listWorkers(deps)
    const there = workers.flatMap(({ models }) => models.map(({ model }) => model))
    return [...new Set(there)].filter((model) => !here.has(model))
  }

  async function run({ row, lease }: ClaimedTranscription): Promise<void> {
    const one: Running = { id: row.id, abort: new AbortController() }
    running.add(one)
    await whileHeld(deps, lease, async (lost) => {
      const signal = AbortSignal.any([one.abort.signal, lost])
      const job: Job = {
        id: row.id,
        accountId: row.account_id,
        token: lease.token,
        signal,
        draining: draining.signal,
      }
      await work(deps, job, row, lease)
    })
    running.delete(one)
  }

  const abort = (reason: Error, of = (_: Running) => true): void => {
    for (const each of running) if (of(each)) each.abort.abort(reason)
  }

  const deliverer = startDeliverer(deps)
  const heartbeat = startHeartbeat(deps, name, () => running.size)
  const stopHousekeeping = startHousekeeping(deps)
  const poll = startPoll({
    everyMs: LOOK_MS,
    claim: claimOne,
    run,
    chores: async () => void (await expireOverdue(deps)),
    failed: (error) => deps.logger.error({ err: error }, 'cannot look for work'),
  })
  const unsubscribes = [
    deps.signals.subscribe('job.queued', poll.look),
    deps.signals.subscribe('job.cancel', (id) => abort(new Error('cancelled'), (each) => each.id === id)),
  ]

  return {
    running: () => [...running].map(({ id }) => id),
    async stop(graceMs) {
      for (const unsubscribe of unsubscribes) unsubscribe()
      draining.abort(new Drained())
      await poll.stop()
      const late = setTimeout(() => abort(new Drained()), graceMs)
      await poll.ended()
      clearTimeout(late)
      await Promise.all([heartbeat.stop(), deliverer.stop(), stopHousekeeping()])
    },
  }
}

/** Runs one to its end, whatever the end is. Never throws. */
async function work(all: PipelineDeps, job: Job, row: TranscriptionRow, lease: Lease): Promise<void> {
  const log = all.logger.child({
    transcription: job.id,
    account: job.accountId,
    ...(row.request_id && { request: row.request_id }),
    ...(row.trace_id && { trace: row.trace_id }),
  })
  // Whatever is said on the way says of which transcription.
  const deps = { ...all, logger: log }
  try {
    await note(deps, job, 'begun', { host: hostname(), attempt: row.attempts })
    log.debug({ attempt: row.attempts, waitedMs: deps.clock.now() - row.created_at }, 'claimed')
    if (row.attempts > deps.policy.maxAttempts)
      throw new DomainError(
        'transcription.lost',
        'The server died several times while working on this recording. Nothing was charged.',
      )
    const delivered = await runThroughOutages(deps, job, row)
    await succeed(deps, job.id, job.token, delivered)
    log.info({ seconds: delivered.durationSeconds, model: delivered.modelUsed }, 'transcribed')
    await removeJobFolder(deps, job.id)
  } catch (cause) {
    await settleFailure(deps, job, lease, cause, log).catch((error: unknown) =>
      log.error({ err: error }, 'the end of a transcription could not be stored; its lease will run out'),
    )
  }
}

async function settleFailure(
  deps: PipelineDeps,
  job: Job,
  lease: Lease,
  cause: unknown,
  log: PipelineDeps['logger'],
): Promise<void> {
  const { reason } = job.signal
  if (cause instanceof Lost || reason instanceof Lost) return leaveIt(deps, job, log)
  if (cause instanceof Drained || reason instanceof Drained) {
    await giveBack(deps, lease)
    return note(deps, job, 'given back')
  }
  if (deps.databaseAway(cause)) {
    // Nothing is wrong with the work. Whoever claims it when our lease has run out goes on at its stored parts.
    log.warn({ err: cause }, 'the database was away; the transcription goes on when its lease has run out')
    return
  }
  // Cancelled: whoever did that has ended the row.
  if (job.signal.aborted) return removeJobFolder(deps, job.id)
  const failure = workFailure(cause)
  // What breaks in a run whose claim is gone says nothing of the work.
  if (!(await fail(deps, job.id, job.token, failure))) return leaveIt(deps, job, log)
  if (failure.code === 'internal') log.error({ err: cause }, 'transcription failed')
  else log.warn({ code: failure.code }, 'transcription failed')
  await removeJobFolder(deps, job.id)
}

/** Somebody else has ended it, or works on it. */
async function leaveIt(deps: PipelineDeps, job: Job, log: PipelineDeps['logger']): Promise<void> {
  log.info('the transcription was ended or taken over elsewhere; this run leaves it')
  await note(deps, job, 'left')
  await removeAttemptFolder(deps, job)
}
