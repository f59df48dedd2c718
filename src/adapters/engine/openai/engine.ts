import {
  type Engine,
  type EngineDescription,
  EngineError,
  type Recognition,
  SAMPLE_RATE,
  type SplitterName,
} from '../../../ports/engine.ts'
import { allAborted, timeLimit, wait } from '../../../processes/time.ts'
import { type Part, PartQueue, whose } from '../supervision/queue.ts'
import { BadAnswer, readAnswer } from './answer.ts'
import { languageCodes } from './language.ts'
import { ATTEMPTS, LONGEST_PAUSE_MS, pauseMs } from './retry.ts'
import { ask, FORMATS, greet, Passing, Refused, type ServerOptions } from './server.ts'

export interface RemoteOptions extends ServerOptions {
  /** Requests at the same time. */
  slots: number
  /** The server does not say where its model wants recordings to be cut. */
  splitter: SplitterName
  /** What one attempt at a part may take, ms. */
  timeoutMs: number
  /** What a probe may take, ms. */
  probeTimeoutMs?: number
  /** The first pause before a further attempt is up to this long, ms. */
  backOffMs?: number
  /** Told in one line when an attempt fails. Never holds the key, nor text that was recognised. */
  onTrouble?: (message: string) => void
}

const MAX_PART_SECONDS = 30
/** Some servers refuse what is shorter. */
const SHORTEST_PART = 0.5 * SAMPLE_RATE

interface Slot {
  part: Part | null
  since: number
  /** Attempts at its part that failed. */
  failures: number
}

/** The time that one attempt may take is over. */
class Late extends Error {}

/**
 * Any server with `POST /v1/audio/transcriptions` as an engine. What the network and a server can do wrong
 * for a while is tried again; what the server says no to is not.
 */
export function createRemoteEngine(options: RemoteOptions): Engine {
  const host = new URL(options.url).host
  const queue = new PartQueue()
  const ending = new AbortController()
  const slots: Slot[] = Array.from({ length: options.slots }, () => ({
    part: null,
    since: Date.now(),
    failures: 0,
  }))
  const running = new Set<Promise<void>>()
  let lastAnswer = Number.NEGATIVE_INFINITY
  let fault: string | undefined
  let closing = false
  let probing: Promise<void> | undefined
  /** Index of `FORMATS`: how much the server is known to take. */
  let format = 0

  const unavailable = (why: string, cause?: unknown): EngineError =>
    new EngineError('unavailable', `the engine’s server ${why}`, { cause })
  const closed = (): EngineError => new EngineError('unavailable', 'the engine is closing')

  function dispatch(): void {
    for (const slot of slots) {
      if (slot.part) continue
      const [part] = queue.next(1)
      if (!part) return
      Object.assign(slot, { part, since: Date.now(), failures: 0 })
      const done: Promise<void> = work(slot, part).finally(() => running.delete(done))
      running.add(done)
    }
  }

  async function work(slot: Slot, part: Part): Promise<void> {
    try {
      part.resolve(await answered(slot, part))
    } catch (error) {
      part.reject(error)
    } finally {
      Object.assign(slot, { part: null, since: Date.now() })
      dispatch()
    }
  }

  /** Tries until there is an answer, a refusal, or no hope. @throws EngineError */
  async function answered(slot: Slot, part: Part): Promise<Recognition> {
    for (;;) {
      try {
        const recognition = await attempt(part)
        lastAnswer = Date.now()
        fault = undefined
        return recognition
      } catch (cause) {
        if (part.settled.aborted) throw cause
        slot.failures += 1
        await again(cause, slot.failures, part)
      }
    }
  }

  /** Waits for the next attempt, where there is to be one. @throws EngineError */
  async function again(cause: unknown, failures: number, part: Part): Promise<void> {
    const passing = cause instanceof Passing || cause instanceof BadAnswer || cause instanceof Late
    if (!passing) {
      options.onTrouble?.(`the engine’s server ${host} refuses a part: ${messageOf(cause)}${whose([part])}`)
      throw refusal(cause)
    }
    const asked = cause instanceof Passing ? cause.pauseMs : undefined
    const hopeless = failures >= (cause instanceof Late ? 2 : ATTEMPTS) || (asked ?? 0) > LONGEST_PAUSE_MS
    const why = cause instanceof BadAnswer ? `gives ${cause.message}` : messageOf(cause)
    const pause = pauseMs(failures, asked, options.backOffMs ?? 1000, Math.random())
    const then = hopeless ? 'given up' : `again in ${(pause / 1000).toFixed(1)} s`
    options.onTrouble?.(`the engine’s server ${host}: ${why}; ${then}${whose([part])}`)
    if (!hopeless) return wait(pause, part.settled)
    if (cause instanceof Late)
      throw new EngineError('hung', 'the engine’s server did not answer in time, twice')
    if (cause instanceof BadAnswer) throw new EngineError('failed', `the engine’s server ${why}`, { cause })
    fault = why
    throw unavailable(`has no answer: ${why}`, cause)
  }

  /** One attempt, in the richest format that the server takes. */
  async function attempt({ pcm, options: asked, settled }: Part): Promise<Recognition> {
    const seconds = pcm.length / SAMPLE_RATE
    const limit = timeLimit(options.timeoutMs, settled)
    try {
      const padded = pcm.length < SHORTEST_PART ? extended(pcm) : pcm
      for (let tried = format; ; tried++) {
        try {
          const body = await ask(options, padded, asked, FORMATS[tried] ?? 'text', limit.signal)
          const answer = readAnswer(body, seconds)
          format = Math.max(format, tried)
          return answer
        } catch (cause) {
          if (!isFormatRefusal(cause) || tried >= FORMATS.length - 1) throw cause
        }
      }
    } catch (cause) {
      throw limit.exceeded() ? new Late('did not answer in time') : cause
    } finally {
      limit.clear()
    }
  }

  async function greeted(): Promise<void> {
    const limit = timeLimit(options.probeTimeoutMs ?? 5000, ending.signal)
    try {
      await greet(options, limit.signal)
      lastAnswer = Date.now()
    } catch (cause) {
      if (closing) throw closed()
      if (limit.exceeded()) throw unavailable(`${host} does not answer`)
      throw cause instanceof Refused
        ? unavailable(`${host} refuses the key (${cause.message})`, cause)
        : unavailable(`${host}: ${messageOf(cause)}`, cause)
    } finally {
      limit.clear()
    }
  }

  const describe = (): EngineDescription => ({
    ...description(options),
    wordTimes: FORMATS[format] === 'words',
  })

  return {
    slots: options.slots,
    places: options.slots,
    describe,
    models: () => [describe()],
    slotStates: () =>
      slots.map(({ part, since }) => ({
        state: part ? 'busy' : fault === undefined ? 'idle' : 'down',
        pid: null,
        since,
        restarts: 0,
      })),
    async recognise(pcm, asked, signal) {
      signal.throwIfAborted()
      if (closing) throw closed()
      if (pcm.length === 0) return { text: '' }
      if (asked.language !== undefined && !languageCodes().includes(asked.language))
        throw new EngineError('failed', `there is no language ${asked.language}`)
      const result = queue.add(pcm, asked, signal)
      dispatch()
      return result
    },
    async probe(maxAgeMs) {
      if (closing) throw closed()
      // A first attempt is within its time limit, or it would not be the first.
      if (slots.some((slot) => slot.part && slot.failures === 0) || Date.now() - lastAnswer < maxAgeMs) return
      probing ??= greeted().finally(() => {
        probing = undefined
      })
      return probing
    },
    async close(graceMs) {
      closing = true
      queue.rejectAll(closed())
      const working = slots.flatMap((slot) => (slot.part ? [slot.part] : []))
      await Promise.race([allAborted(working.map((part) => part.settled)), wait(graceMs, ending.signal)])
      ending.abort(closed())
      for (const part of working) part.reject(closed())
      while (running.size > 0) await Promise.all(running)
      await probing?.catch(() => {})
    },
  }
}

function description({ model, splitter, url }: RemoteOptions): EngineDescription {
  return {
    model,
    family: 'openai',
    server: new URL(url).host,
    standIn: false,
    maxPartSeconds: MAX_PART_SECONDS,
    splitter,
    wordTimes: true,
    // OpenAI's own rule: of theirs, and of what servers call alike, only the whole Whisper models translate.
    translates: /whisper/i.test(model) && !/turbo|distil|\.en\b/i.test(model),
    prompts: true,
    languages: [...languageCodes()],
  }
}

/** Servers that know a form, but not this one, answer so; a part that is bad in itself fails in all forms. */
const isFormatRefusal = (cause: unknown): boolean =>
  cause instanceof Refused && (cause.status === 400 || cause.status === 422)

function refusal(cause: unknown): EngineError {
  if (!(cause instanceof Refused)) return new EngineError('failed', 'the engine failed', { cause })
  if (cause.status === 401 || cause.status === 403)
    return new EngineError('unavailable', `the engine’s server refuses the key (${cause.message})`, { cause })
  return new EngineError('failed', `the engine’s server refuses the part (${cause.message})`, { cause })
}

function extended(pcm: Int16Array): Int16Array {
  const longer = new Int16Array(SHORTEST_PART)
  longer.set(pcm)
  return longer
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
