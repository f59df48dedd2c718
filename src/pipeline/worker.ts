/**
 * Claims transcriptions and runs them side by side. One in every process that works; any number may
 * share a database. A worker that dies is noticed by its lease, and another goes on at the stored parts.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { DomainError } from '../domain/errors.ts'
import { Lost } from '../domain/leases/lease.ts'
import { type Poll, startPoll } from '../domain/leases/poll.ts'
import { whileHeld } from '../domain/leases/while-held.ts'
import { removePartSounds } from '../domain/parts/sweep.ts'
import type { TranscriptionRow } from '../domain/tables.ts'
import {
  anyWaits,
  type ClaimedTranscription,
  claim,
  freeExpired,
  giveBack,
} from '../domain/transcriptions/claim.ts'
import { workFailure } from '../domain/transcriptions/failures.ts'
import { noteHeard } from '../domain/transcriptions/progress.ts'
import { expireOverdue, fail } from '../domain/transcriptions/settle.ts'
import { fetches, recognises } from '../domain/workers/roles.ts'
import type { Attributes, Span } from '../ports/tracer.ts'
import { abilitiesOf } from './abilities.ts'
import { removeAttemptFolder, removeJobFolder } from './acquire.ts'
import { startBatchFeeder } from './batch-feeder.ts'
import { Drained, type Job, type PipelineDeps } from './context.ts'
import { startHeartbeat } from './heartbeat.ts'
import { startHousekeeping } from './housekeeping.ts'
import { note } from './note.ts'
import { runThroughOutages } from './outages.ts'
import { watchPartners } from './partners.ts'
import { createPlaces } from './places.ts'
import { startPublishing } from './post-publisher.ts'
import { createSharing } from './sharing/share.ts'
import { startTaker } from './sharing/take-parts.ts'
import { startSpeakerRunner } from './speaker-runner.ts'
import { startSubscriptionLooker } from './subscription-looker.ts'
import { startVideoMaker } from './videos/maker.ts'
import { startDeliverer } from './webhook-deliverer.ts'

const LEASE_MS = 15_000
/** Signals may be lost; a look now and then finds what they did not say. */
const LOOK_MS = 2000

export interface WorkerOptions {
  /** Transcriptions that are heard side by side, and as many that are downloaded. */
  jobs: number
}

export interface Worker {
  /** Ids of what runs here now. */
  running(): string[]
  /** Ends in phases: begin nothing, let running parts finish for `graceMs`, then give the rest back. */
  stop(graceMs: number): Promise<void>
}

/** Stands for what this worker leaves to others. */
const IDLE = { look: () => {}, spare: () => 0, stop: async () => {}, ended: async () => {} }

interface Running {
  id: string
  token: string
  abort: AbortController
}

export async function startWorker(deps: PipelineDeps, { jobs }: WorkerOptions): Promise<Worker> {
  const name = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const running = new Set<Running>()
  const places = createPlaces(jobs)
  const draining = new AbortController()
  const abilities = abilitiesOf(deps)
  const here = { worker: name, store: await deps.media.id() }
  const sharing = createSharing(deps, { ...here, jobs: () => running.size })
  const taker = recognises(deps.role) ? startTaker(deps, { ...here, awaited: sharing.awaited }) : IDLE

  /** Lines of which the last claim found nothing. A look there first costs a quarter of another such claim. */
  const dry = new Set<boolean>()

  async function claimOne(): Promise<ClaimedTranscription | undefined> {
    for (const offer of places.offers()) {
      const able = await abilities()
      if (!able) return undefined
      const options = { ...offer, ...able, perAccount: deps.policy.accountJobs }
      if (dry.has(offer.downloads) && !(await anyWaits(deps.db, options))) continue
      const found = await claim(deps, LEASE_MS, options)
      if (found) dry.delete(offer.downloads)
      else dry.add(offer.downloads)
      if (found) return found
    }
    return undefined
  }

  async function run({ row, lease }: ClaimedTranscription): Promise<void> {
    const place = places.take(row.account_id, row.needs_download === 1 ? 'download' : 'hearing')
    const one: Running = { id: row.id, token: lease.token, abort: new AbortController() }
    running.add(one)
    const span = begunSpan(deps, row)
    await whileHeld(deps, lease, async (lost) => {
      const signal = AbortSignal.any([one.abort.signal, lost])
      const own = {
        id: row.id,
        accountId: row.account_id,
        token: lease.token,
        draining: draining.signal,
        about: row.request_id ? `${row.id} (${row.request_id})` : row.id,
        traceparent: span?.traceparent,
        onHeard: once(() => saysHeard(deps, row.id, lease.token)),
      }
      const job: Job = { ...own, place, signal, parts: sharing.of(own) }
      const end = await work(deps, job, row)
      span?.set(end)
    })
    span?.end()
    running.delete(one)
    place.leave()
  }

  async function tidyQueue(): Promise<void> {
    const tokens = [...running].map(({ token }) => token)
    if ((await freeExpired(deps, tokens)) > 0) poll.look()
    await expireOverdue(deps)
  }

  const abort = (reason: Error, of = (_: Running) => true): void => {
    for (const each of running) if (of(each)) each.abort.abort(reason)
  }

  // What starts work, and what connects to the internet, to which a worker that only recognises may have no access.
  const fetching = fetches(deps.role)
  const deliverer = fetching ? startDeliverer(deps) : IDLE
  const feeder = fetching ? startBatchFeeder(deps) : IDLE
  const looker = fetching ? startSubscriptionLooker(deps) : IDLE
  const publishing = fetching ? startPublishing(deps) : IDLE
  const runners = [startSpeakerRunner(deps), startVideoMaker(deps)]
  const heartbeat = startHeartbeat(deps, name, {
    running: () => running.size,
    spare: taker.spare,
    store: here.store,
  })
  const stopHousekeeping = startHousekeeping(deps)
  const unwatch = watchPartners(deps)
  const poll: Poll = fetching
    ? startPoll({
        everyMs: LOOK_MS,
        claim: claimOne,
        run,
        chores: tidyQueue,
        failed: (error) => deps.logger.error({ err: error }, 'cannot look for work'),
      })
    : IDLE
  const unsubscribes = [
    deps.signals.subscribe('job.queued', poll.look),
    deps.signals.subscribe('job.cancel', (id) => abort(new Error('cancelled'), (each) => each.id === id)),
  ]

  return {
    running: () => [...running].map(({ id }) => id),
    async stop(graceMs) {
      for (const unsubscribe of unsubscribes) unsubscribe()
      unwatch()
      draining.abort(new Drained())
      await Promise.all([feeder.stop(), looker.stop(), ...runners.map((each) => each.stop())])
      await poll.stop()
      const late = new AbortController()
      const timer = setTimeout(() => {
        late.abort()
        abort(new Drained())
      }, graceMs)
      await Promise.all([poll.ended(), taker.stop(late.signal)])
      clearTimeout(timer)
      sharing.stop()
      await Promise.all([heartbeat.stop(), deliverer.stop(), publishing.stop(), stopHousekeeping()])
    },
  }
}

function once(call: () => void): () => void {
  let isCalled = false
  return () => {
    if (!isCalled) call()
    isCalled = true
  }
}

/** It is shown, and nothing depends on it. */
function saysHeard(deps: PipelineDeps, id: string, token: string): void {
  noteHeard(deps, id, token).catch((error: unknown) =>
    deps.logger.debug({ err: error }, 'not noted as heard'),
  )
}

/** Starts the span of a run; the first run also records the time in the queue. Both are children of the request's span. */
function begunSpan({ tracer }: PipelineDeps, row: TranscriptionRow): Span | undefined {
  const { traceparent: parent, attempts } = row
  const attributes = { 'earshot.transcription': row.id, 'earshot.account': row.account_id }
  if (attempts === 1) tracer?.start('queue', { parent, from: row.created_at, attributes }).end()
  return tracer?.start('transcription', {
    kind: 'consumer',
    parent,
    attributes: { ...attributes, 'earshot.attempt': attempts },
  })
}

/** Runs a transcription until it succeeds or fails. Never throws. @returns attributes for its span */
async function work(all: PipelineDeps, job: Job, row: TranscriptionRow): Promise<Attributes> {
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
    log.info({ seconds: delivered.durationSeconds, model: delivered.modelUsed }, 'transcribed')
    await tidyUp(deps, job, row)
    const { modelUsed, durationSeconds } = delivered
    return { 'earshot.end': 'succeeded', 'earshot.model': modelUsed, 'earshot.seconds': durationSeconds }
  } catch (cause) {
    return await settleFailure(deps, job, row, cause).then(
      (end) => ({ 'earshot.end': end }),
      (error: unknown) => {
        log.error({ err: error }, 'the end of a transcription could not be stored; its lease will run out')
        return { 'earshot.end': 'not stored' }
      },
    )
  }
}

/** @param deps with the transcription's own logger */
async function settleFailure(
  deps: PipelineDeps,
  job: Job,
  row: TranscriptionRow,
  cause: unknown,
): Promise<string> {
  const { logger: log } = deps
  const { reason } = job.signal
  if (cause instanceof Lost || reason instanceof Lost) return leaveIt(deps, job)
  if (cause instanceof Drained || reason instanceof Drained) {
    await giveBack(deps, job.token)
    await note(deps, job, 'given back')
    return 'given back'
  }
  if (deps.databaseAway(cause)) {
    // Nothing is wrong with the work. Whoever claims it when our lease has run out goes on at its stored parts.
    log.warn({ err: cause }, 'the database was away; the transcription goes on when its lease has run out')
    return 'database away'
  }
  // Cancelled: whoever did that has ended the row.
  if (job.signal.aborted) {
    await tidyUp(deps, job, row)
    return 'cancelled'
  }
  const failure = workFailure(cause)
  // What breaks in a run whose claim is gone says nothing of the work.
  if (!(await fail(deps, job.id, job.token, failure))) return leaveIt(deps, job)
  if (failure.code === 'internal') log.error({ err: cause }, 'transcription failed')
  else log.warn({ code: failure.code }, 'transcription failed')
  await tidyUp(deps, job, row)
  return failure.code
}

/** It has ended: nothing of its work is needed any more. */
async function tidyUp(deps: PipelineDeps, { id, parts }: Job, { attempts }: TranscriptionRow): Promise<void> {
  await removeJobFolder(deps, id)
  // Only a shared transcription has stored sound of parts. This run knows of earlier ones; otherwise a sweep finds them.
  if (parts.shared || attempts > 1) await removePartSounds(deps, id).catch(() => {}) // then a sweep does
}

/** Somebody else has ended it, or works on it. */
async function leaveIt(deps: PipelineDeps, job: Job): Promise<string> {
  deps.logger.info('the transcription was ended or taken over elsewhere; this run leaves it')
  await note(deps, job, 'left')
  await removeAttemptFolder(deps, job)
  return 'left'
}
