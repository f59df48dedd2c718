/** Where the parts of a recording are heard: here, at once; or, where others have room and this machine has not, there. */
import { createHash } from 'node:crypto'
import { Lost } from '../../domain/leases/lease.ts'
import { handedOver, handOver, inherit } from '../../domain/parts/hand-over.ts'
import { writeOptions } from '../../domain/parts/options.ts'
import { recognises } from '../../domain/workers/roles.ts'
import { EngineError, type RecogniseOptions, type Recognition, SAMPLE_RATE } from '../../ports/engine.ts'
import { inSpan } from '../../ports/tracer.ts'
import { Drained, type Job, type PipelineDeps } from '../context.ts'
import type { JobParts } from '../parts.ts'
import { encodeFlac } from '../sound/flac.ts'
import { type Awaited, createAwaited } from './awaited.ts'
import { createElsewhere } from './elsewhere.ts'

/** Their sound is kept in memory until they are heard, about a megabyte of each. */
const MOST_HANDED = 96
/** How many times a part is handed over by a worker that cannot transcribe it itself. */
const MOST_ROUNDS = 5
/** After the store refused one. */
const PAUSE_MS = 10_000

export interface Sharing {
  of(job: SharedJob): JobParts
  readonly awaited: Awaited
  stop(): void
}

type SharedJob = Pick<Job, 'id' | 'accountId' | 'token' | 'draining' | 'about' | 'traceparent' | 'onHeard'>

export function createSharing(
  deps: PipelineDeps,
  { worker, store, jobs }: { worker: string; store: string; jobs(): number },
): Sharing {
  const { scheduler, engine } = deps
  const onlyThere = !recognises(deps.role)
  const elsewhere = createElsewhere(deps, { worker, store })
  const awaited = createAwaited(deps)
  /** On their way to the store. */
  let leaving = 0
  let pausedUntil = Number.NEGATIVE_INFINITY

  /** Here what keeps this machine busy, then there, and the same again so that nobody waits for the next one. */
  function isForOthers(of: { accountId: string; model: string }): boolean {
    if (onlyThere) return true
    const here = scheduler.running + scheduler.waiting
    if (here < engine.places || performance.now() < pausedUntil) return false
    const spare = elsewhere.spare(of)
    const handed = awaited.size + leaving
    if (handed < Math.min(spare, MOST_HANDED)) return true
    return here >= 2 * engine.places && handed < Math.min(2 * spare, MOST_HANDED)
  }

  function of(job: SharedJob): JobParts {
    let inherited: Promise<Map<string, string>> | undefined
    let shared = false

    const apart = tellingApart()

    /** Undefined: it could not be handed over. @throws Lost, the signal's reason, or any error if this worker only fetches */
    async function handed(pcm: Int16Array, asked: Asked, signal: AbortSignal): Promise<string | undefined> {
      leaving++
      shared = true
      try {
        const part = { transcription_id: job.id, account_id: job.accountId, handed_by: worker, store }
        return await handOver(
          deps,
          { ...part, ...asked, samples: pcm.length, flac: await encodeFlac(pcm), token: job.token },
          signal,
        )
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof Lost || onlyThere) throw error
        pausedUntil = performance.now() + PAUSE_MS
        deps.logger.debug({ err: error }, 'a part cannot be handed over, and is heard here')
        return undefined
      } finally {
        leaving--
      }
    }

    return {
      get shared() {
        return shared
      },
      get places() {
        const there = Math.min(elsewhere.spare(job), MOST_HANDED / 2)
        return Math.max(1, engine.places + Math.ceil(there / Math.max(1, jobs())))
      },
      recognise: (pcm, options, signal) =>
        inSpan(
          deps.tracer,
          'part',
          { parent: job.traceparent, attributes: { 'earshot.seconds': pcm.length / SAMPLE_RATE } },
          async (span) => {
            const result = await hear(pcm, options, signal, span?.traceparent)
            span?.set({ 'earshot.heard_by': result.heardBy })
            return result
          },
        ),
    }

    async function hear(
      pcm: Int16Array,
      options: RecogniseOptions,
      signal: AbortSignal,
      traceparent: string | undefined,
    ): Promise<Recognition> {
      inherited ??= handedOver(deps, job.id)
      const earlier = await inherited
      shared ||= earlier.size > 0
      const model = options.model ?? engine.describe().model
      const forOthers = isForOthers({ accountId: job.accountId, model })
      const here = async (): Promise<Recognition> => {
        if (job.draining.aborted) throw new Drained()
        return scheduler.recognise(job, pcm, options, signal, traceparent)
      }
      if (earlier.size === 0 && !forOthers) return here()
      const asked = apart(askedFor(pcm, { ...options, model }))
      const old = earlier.get(asked.digest)
      let id = old !== undefined && (await inherit(deps, old, worker)) ? old : undefined
      for (let round = 0; round < MOST_ROUNDS; round++) {
        if (job.draining.aborted) throw new Drained()
        if (id === undefined && forOthers) id = await handed(pcm, asked, signal)
        if (id === undefined) return here()
        job.onHeard()
        const answer = await awaited.answer(id, AbortSignal.any([signal, job.draining]))
        if (answer !== 'here') return answer
        if (!onlyThere) return scheduler.recognise(job, pcm, options, signal, traceparent)
        id = undefined
      }
      throw new EngineError('crashed', 'every machine that took this part vanished before it was done')
    }
  }

  return { of, awaited, stop: () => awaited.stop() }
}

interface Asked {
  model: string
  options: string
  digest: string
}

/** Recordings can have parts that are identical bit by bit, such as silence: each after the first gets its own digest. */
function tellingApart(): (asked: Asked) => Asked {
  const met = new Map<string, number>()
  return (asked) => {
    const before = met.get(asked.digest) ?? 0
    met.set(asked.digest, before + 1)
    return before === 0 ? asked : { ...asked, digest: `${asked.digest}-${before}` }
  }
}

function askedFor(pcm: Int16Array, asked: RecogniseOptions & { model: string }): Asked {
  const options = writeOptions(asked)
  const digest = createHash('sha256')
    .update(options)
    .update(new Uint8Array(pcm.buffer, pcm.byteOffset, pcm.byteLength))
    .digest('hex')
  return { model: asked.model, options, digest }
}
