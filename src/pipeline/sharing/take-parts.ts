/** Hears parts that other workers have handed over, whenever the engine has room; its own that nobody has begun first. */
import { hostname } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { Lost } from '../../domain/leases/lease.ts'
import { whileHeld } from '../../domain/leases/while-held.ts'
import { answerPart, type ClaimedPart, claimPart, giveBackPart } from '../../domain/parts/claim.ts'
import type { Outcome } from '../../domain/parts/hand-over.ts'
import { readOptions } from '../../domain/parts/options.ts'
import type { OpenPartRow } from '../../domain/parts/table.ts'
import { isAuto } from '../../domain/transcriptions/auto.ts'
import { traceparentOf } from '../../domain/transcriptions/get.ts'
import { EngineError, SAMPLE_RATE } from '../../ports/engine.ts'
import { MediaMissing } from '../../ports/media-store.ts'
import { inSpan, type SpanOptions } from '../../ports/tracer.ts'
import type { PipelineDeps } from '../context.ts'
import { BadFlac, decodeFlac } from '../sound/flac.ts'
import { partsAhead } from './ahead.ts'
import type { Awaited } from './awaited.ts'

const LEASE_MS = 15_000
const LOOK_MS = 2000
/** After something that has nothing to do with the part: the engine is away, or the store. */
const PAUSE_MS = 5000

export interface Taker {
  /** Parts of others that can be heard now. */
  spare(): number
  /** Takes no more; gives back what is not heard when the signal aborts. */
  stop(late: AbortSignal): Promise<void>
}

interface Running {
  transcription: string
  abort: AbortController
}

class Stopped extends Error {}

export function startTaker(
  deps: PipelineDeps,
  { worker, store, awaited }: { worker: string; store: string; awaited: Awaited },
): Taker {
  const { scheduler, engine } = deps
  const running = new Set<Running>()
  const ended = new Set<Promise<void>>()
  /** Parts of others in the scheduler. */
  let theirs = 0
  let stopped = false
  let looking = false
  let again = false
  let pausedUntil = Number.NEGATIVE_INFINITY
  /** False: the last look found nothing, and nothing was heard of since. */
  let some = true

  const ahead = partsAhead(engine)
  const room = (): number => engine.places + ahead - scheduler.running - scheduler.waiting

  /** What becomes free together is filled together. */
  function look(): void {
    again = true
    if (looking || stopped) return
    looking = true
    setImmediate(async () => {
      while (again && !stopped) {
        again = false
        await fill().catch((error: unknown) => deps.logger.debug({ err: error }, 'cannot look for parts'))
      }
      looking = false
    })
  }

  function lookForTheirs(): void {
    some = true
    look()
  }

  async function fill(): Promise<void> {
    const begin: (() => void)[] = []
    const loading: Promise<void>[] = []
    for (let left = room(); left > 0 && !stopped; left--) {
      const own = await awaited.takeBack()
      if (own) {
        begin.push(own)
        continue
      }
      const theirs = await claimTheirs()
      if (!theirs) break
      const loaded = load(theirs)
      loading.push(loaded.then((start) => void (start && begin.push(start))))
    }
    await Promise.all(loading)
    for (const start of begin) start()
  }

  async function claimTheirs(): Promise<ClaimedPart | undefined> {
    if (!some || performance.now() < pausedUntil) return undefined
    const models = engine.models().filter((each) => !isAuto(each))
    some = false
    const found = await claimPart(deps, LEASE_MS, {
      by: hostname(),
      besides: worker,
      models: models.map(({ model }) => model),
      store,
    })
    // A signal may have come meanwhile.
    some ||= found !== undefined
    return found
  }

  /** Its sound. Gives how to begin; undefined: it was given back. */
  async function load(part: ClaimedPart): Promise<(() => void) | undefined> {
    theirs++
    try {
      const pcm = await decodeFlac(await buffer(await deps.media.open(part.row.storage_key)))
      return () => {
        const done: Promise<void> = hear(part, pcm).finally(() => {
          theirs--
          ended.delete(done)
          look()
        })
        ended.add(done)
      }
    } catch (error) {
      theirs--
      const itsFault = error instanceof MediaMissing || error instanceof BadFlac
      await back(part, itsFault, error)
      return undefined
    }
  }

  async function back({ row, lease }: ClaimedPart, tried: boolean, why: unknown): Promise<void> {
    if (!tried) pausedUntil = performance.now() + PAUSE_MS
    deps.logger.debug({ err: why, part: row.id, transcription: row.transcription_id }, 'a part is given back')
    await giveBackPart(deps, lease, { tried }).catch(() => {}) // then its lease runs out
  }

  async function hear(part: ClaimedPart, pcm: Int16Array): Promise<void> {
    const { row, lease } = part
    const one: Running = { transcription: row.transcription_id, abort: new AbortController() }
    running.add(one)
    try {
      await whileHeld(deps, lease, async (lost) => {
        const signal = AbortSignal.any([lost, one.abort.signal])
        const outcome = await inSpan(deps.tracer, 'part of another worker', await spanOf(row), (span) =>
          scheduler.recognise(
            { accountId: row.account_id, about: row.transcription_id },
            pcm,
            readOptions(row.options),
            signal,
            span?.traceparent,
          ),
        ).then((result): Outcome => ({ result }), failureOf)
        await answerPart(deps, lease, row.id, outcome)
      })
    } catch (error) {
      // Its recording has ended, or somebody else has it.
      if (error instanceof Lost || one.abort.signal.reason instanceof Lost) return
      await back(part, false, error)
    } finally {
      running.delete(one)
    }
  }

  async function spanOf({ transcription_id, samples }: OpenPartRow): Promise<SpanOptions> {
    if (!deps.tracer) return {}
    const attributes = { 'earshot.transcription': transcription_id, 'earshot.seconds': samples / SAMPLE_RATE }
    return { parent: await traceparentOf(deps, transcription_id).catch(() => undefined), attributes }
  }

  const unsubscribes = [
    scheduler.onRoom(look),
    deps.signals.subscribe('part.open', lookForTheirs),
    deps.signals.subscribe('job.cancel', (id) => {
      for (const each of running) if (each.transcription === id) each.abort.abort(new Lost())
    }),
  ]
  const timer = setInterval(lookForTheirs, LOOK_MS)
  look()

  return {
    spare() {
      const own = Math.max(0, scheduler.running + scheduler.waiting - theirs)
      return stopped ? 0 : Math.max(0, engine.places - own)
    },
    async stop(late) {
      stopped = true
      clearInterval(timer)
      for (const unsubscribe of unsubscribes) unsubscribe()
      const giveUp = (): void => {
        for (const each of running) each.abort.abort(new Stopped('the worker stops'))
      }
      late.addEventListener('abort', giveUp, { once: true })
      if (late.aborted) giveUp()
      await Promise.all(ended)
    },
  }
}

/** What the engine says of the part itself is its outcome; what else goes wrong is not the part's doing. */
function failureOf(error: unknown): Outcome {
  if (!(error instanceof EngineError) || error.code === 'unavailable') throw error
  return { failure: { code: error.code, message: error.message } }
}
