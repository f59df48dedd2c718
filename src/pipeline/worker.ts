/**
 * Claims transcriptions and runs them side by side. One in every process that works; any number may
 * share a database. A worker that dies is noticed by its lease, and another goes on at the stored parts.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { TranscriptionRow } from '../domain/tables.ts'
import { workFailure } from '../domain/transcriptions/failures.ts'
import { claim, giveBack, renew } from '../domain/transcriptions/lease.ts'
import { expireOverdue, fail, succeed } from '../domain/transcriptions/settle.ts'
import { listWorkers } from '../domain/workers/list.ts'
import { removeJobFolder } from './acquire.ts'
import { Drained, type Job, type PipelineDeps } from './context.ts'
import { startHeartbeat } from './heartbeat.ts'
import { startHousekeeping } from './housekeeping.ts'
import { runTranscription } from './run.ts'
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
  done: Promise<void>
  abort: AbortController
}

export function startWorker(deps: PipelineDeps, { jobs }: WorkerOptions): Worker {
  const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const running = new Map<string, Running>()
  const draining = new AbortController()
  let claiming: Promise<void> | undefined
  let again = false

  /** Claims until there is nothing, or no room. One at a time, however many signals come. */
  function look(): void {
    again = true
    claiming ??= claimAll()
      .catch((error: unknown) => deps.logger.error({ err: error }, 'cannot look for work'))
      .finally(() => {
        claiming = undefined
      })
  }

  async function claimAll(): Promise<void> {
    while (again) {
      again = false
      while (running.size < jobs * EXPRESS && !draining.signal.aborted) {
        const row = await claim(deps, owner, LEASE_MS, {
          perAccount: deps.policy.accountJobs,
          express: running.size >= jobs,
          elsewhere: await modelsElsewhere(),
          diarizes: deps.diarizer.available(),
        })
        if (!row) break
        begin(row)
      }
    }
  }

  async function modelsElsewhere(): Promise<string[]> {
    const here = new Set(deps.engine.models().map(({ model }) => model))
    const workers = await listWorkers(deps)
    const there = workers.flatMap(({ models }) => models.map(({ model }) => model))
    return [...new Set(there)].filter((model) => !here.has(model))
  }

  function begin(row: TranscriptionRow): void {
    const abort = new AbortController()
    const job: Job = {
      id: row.id,
      accountId: row.account_id,
      owner,
      signal: abort.signal,
      draining: draining.signal,
    }
    const beat = setInterval(() => {
      renew(deps, row.id, owner, LEASE_MS)
        .then((ours) => ours || abort.abort(new Error('no longer ours')))
        .catch(() => {})
    }, LEASE_MS / 3)
    const done = work(deps, job, row).finally(() => {
      clearInterval(beat)
      running.delete(row.id)
      look()
    })
    running.set(row.id, { done, abort })
  }

  const deliverer = startDeliverer(deps)
  const heartbeat = startHeartbeat(deps, owner, () => running.size)
  const stopHousekeeping = startHousekeeping(deps)
  const stops = [
    deps.signals.subscribe('job.queued', look),
    deps.signals.subscribe('job.cancel', (id) => running.get(id)?.abort.abort(new Error('cancelled'))),
  ]
  const timer = setInterval(() => {
    look()
    expireOverdue(deps).catch((error: unknown) =>
      deps.logger.error({ err: error }, 'cannot end overdue work'),
    )
  }, LOOK_MS)
  look()

  return {
    running: () => [...running.keys()],
    async stop(graceMs) {
      clearInterval(timer)
      for (const stop of stops) stop()
      draining.abort(new Drained())
      await claiming
      const all = Promise.allSettled([...running.values()].map((r) => r.done))
      const late = setTimeout(() => {
        for (const { abort } of running.values()) abort.abort(new Drained())
      }, graceMs)
      await all
      clearTimeout(late)
      await Promise.all([heartbeat.stop(), deliverer.stop(), stopHousekeeping()])
    },
  }
}

/** Runs one to its end, whatever the end is. Never throws. */
async function work(deps: PipelineDeps, job: Job, row: TranscriptionRow): Promise<void> {
  const log = deps.logger.child({ transcription: job.id })
  try {
    if (row.attempts > deps.policy.maxAttempts) {
      const message = 'The server died several times while working on this recording. Nothing was charged.'
      await fail(deps, job.id, job.owner, { code: 'transcription.lost', message })
    } else {
      const delivered = await runTranscription(deps, job, row)
      await succeed(deps, job.id, job.owner, delivered)
      log.info({ seconds: delivered.durationSeconds, model: delivered.modelUsed }, 'transcribed')
    }
    await removeJobFolder(deps, job.id)
  } catch (cause) {
    await settleFailure(deps, job, cause, log).catch((error: unknown) =>
      log.error({ err: error }, 'the end of a transcription could not be stored; its lease will run out'),
    )
  }
}

async function settleFailure(
  deps: PipelineDeps,
  job: Job,
  cause: unknown,
  log: PipelineDeps['logger'],
): Promise<void> {
  if (cause instanceof Drained || job.signal.reason instanceof Drained)
    return giveBack(deps, job.id, job.owner)
  if (deps.databaseAway(cause)) {
    // Nothing is wrong with the work. Whoever claims it when our lease has run out goes on at its stored parts.
    log.warn({ err: cause }, 'the database was away; the transcription goes on when its lease has run out')
    return
  }
  // Cancelled, timed out or taken over: whoever did that has ended the row, or works on it.
  if (job.signal.aborted) return removeJobFolder(deps, job.id)
  const failure = workFailure(cause)
  if (failure.code === 'internal') log.error({ err: cause }, 'transcription failed')
  else log.warn({ code: failure.code }, 'transcription failed')
  await fail(deps, job.id, job.owner, failure)
  await removeJobFolder(deps, job.id)
}
