/** A runner's work: asks for parts, hears them, and says what there was to hear, until it is told to stop. */
import { once } from 'node:events'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import {
  type ClaimBody,
  type ClaimedPartReply,
  LONGEST_WAIT_SECONDS,
  RUNNER_LEASE_SECONDS,
} from '../../contract/runner.ts'
import { readOptions } from '../../domain/parts/options.ts'
import { isAuto } from '../../domain/transcriptions/auto.ts'
import { partsAhead } from '../../pipeline/sharing/ahead.ts'
import { BadFlac, decodeFlac } from '../../pipeline/sound/flac.ts'
import { type Engine, EngineError } from '../../ports/engine.ts'
import { PartLost, Refused, type RunnerServer } from './server.ts'

const BEAT_MS = (RUNNER_LEASE_SECONDS * 1000) / 3
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000
/** What one question may ask for. */
const MOST_AT_ONCE = 64

export interface RunnerOptions {
  server: RunnerServer
  engine: Engine
  version: string
  /** Only these of its models; undefined: all. */
  models?: readonly string[] | undefined
  logger: Logger
  /** What is being heard when it is told to stop may take so long. */
  graceMs: number
}

/** @throws Refused where the server does not want this runner; else returns when `stop` has aborted */
export async function runRunner(options: RunnerOptions, stop: AbortSignal): Promise<void> {
  const { server, engine, logger } = options
  const working = new Map<string, { abort: AbortController; done: Promise<void> }>()
  const speed = new Speed()
  const late = new AbortController()
  const ahead = partsAhead(engine)

  async function beat(): Promise<void> {
    if (working.size === 0) return
    const lost = await server.beat([...working.keys()])
    for (const claim of lost) working.get(claim)?.abort.abort(new PartLost('the claim is gone'))
  }

  /** Never throws. */
  async function hear(
    part: ClaimedPartReply,
    sound: Promise<Int16Array>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      const pcm = await sound
      const result = await speed.of(part.seconds, engine.recognise(pcm, readOptions(part.options), signal))
      await persistently(signal, () => server.result(part, result))
    } catch (error) {
      if (error instanceof PartLost || signal.reason instanceof PartLost) return
      logger.warn({ err: error, part: part.id }, 'a part was not heard here')
      await server.back(part, isPartsFault(error)).catch(() => {}) // then its lease runs out
    }
  }

  /** An engine that hears many together is given them together. */
  function begin(parts: readonly ClaimedPartReply[]): void {
    const all = parts.map((part) => {
      const abort = new AbortController()
      const signal = AbortSignal.any([abort.signal, late.signal])
      return { part, abort, signal, sound: server.sound(part, signal).then(decodeFlac) }
    })
    const loaded = Promise.allSettled(all.map(({ sound }) => sound))
    for (const { part, abort, signal, sound } of all) {
      const done = hear(
        part,
        loaded.then(() => sound),
        signal,
      ).finally(() => working.delete(part.claim))
      working.set(part.claim, { abort, done })
    }
  }

  const timer = setInterval(() => void beat().catch(() => {}), BEAT_MS)
  try {
    for (let failures = 0; !stop.aborted; ) {
      const room = Math.min(MOST_AT_ONCE, engine.places + ahead - working.size)
      if (room <= 0) {
        await firstEnded(working.values(), stop)
        continue
      }
      try {
        await engine.probe(60_000)
        begin(await server.claims(questionOf(options, room, speed.value), stop))
        failures = 0
      } catch (error) {
        if (error instanceof Refused || stop.aborted) throw error
        if (failures++ === 0) logger.warn({ err: error }, 'no parts to be had; asking again')
        await pause(failures, stop)
      }
    }
  } catch (error) {
    if (!stop.aborted) throw error
  } finally {
    const timeout = setTimeout(() => late.abort(new Error('the runner stops')), options.graceMs)
    await Promise.all([...working.values()].map(({ done }) => done))
    clearTimeout(timeout)
    clearInterval(timer)
  }
}

function questionOf(
  { engine, version, models: only }: RunnerOptions,
  room: number,
  speed: number | null,
): ClaimBody {
  const names = engine.models().flatMap((each) => (isAuto(each) ? [] : each.model))
  return {
    version,
    host: hostname(),
    models: only ? names.filter((name) => only.includes(name)) : names,
    places: engine.places,
    room,
    speed,
    waitSeconds: LONGEST_WAIT_SECONDS,
  }
}

/** The engine's word on the part itself, or sound that cannot be read; all else has nothing to do with it. */
const isPartsFault = (error: unknown): boolean =>
  error instanceof BadFlac ||
  error instanceof Refused ||
  (error instanceof EngineError && error.code !== 'unavailable')

/** What was heard is not thrown away because the line is down for a moment. @throws Refused, PartLost, the signal's reason */
async function persistently(signal: AbortSignal, send: () => Promise<void>): Promise<void> {
  for (let failures = 1; ; failures++) {
    try {
      return await send()
    } catch (error) {
      if (error instanceof Refused || error instanceof PartLost) throw error
      await pause(failures, signal)
      signal.throwIfAborted()
    }
  }
}

/** Longer each time, and not at the same moment as everybody else. */
async function pause(failures: number, signal: AbortSignal): Promise<void> {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
  await sleep(most * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {})
}

/** Until one part is done or the signal aborts. Leaves no listener on the signal, which lives as long as the runner. */
async function firstEnded(working: Iterable<{ done: Promise<void> }>, signal: AbortSignal): Promise<void> {
  const waited = new AbortController()
  const aborted = once(signal, 'abort', { signal: waited.signal }).catch(() => {})
  await Promise.race([aborted, ...Array.from(working, ({ done }) => done)])
  waited.abort()
}

/** Seconds of sound heard in a second in which anything was. */
class Speed {
  #heard = 0
  #busyMs = 0
  #running = 0
  #since = 0

  get value(): number | null {
    return this.#busyMs === 0 ? null : Math.round((this.#heard / this.#busyMs) * 10_000) / 10
  }

  async of<T>(seconds: number, work: Promise<T>): Promise<T> {
    if (this.#running++ === 0) this.#since = performance.now()
    try {
      const result = await work
      this.#heard += seconds
      return result
    } finally {
      this.#running--
      const now = performance.now()
      this.#busyMs += now - this.#since
      this.#since = now
    }
  }
}
