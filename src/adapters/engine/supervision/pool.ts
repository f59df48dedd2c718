import {
  type Engine,
  type EngineDescription,
  EngineError,
  type RecogniseOptions,
  type Recognition,
  SAMPLE_RATE,
  type SlotState,
} from '../../../ports/engine.ts'
import { afterAwake } from '../../../processes/awake-limit.ts'
import { isKilledFromOutside } from '../../../processes/child.ts'
import { ToolKilled } from '../../../processes/killed.ts'
import { allAborted, timeLimit, wait } from '../../../processes/time.ts'
import { Ending, HostDied } from './ending.ts'
import { type EngineHost, HostRefusal, type StartHost } from './host.ts'
import { type Part, PartQueue, whose } from './queue.ts'
import { type Deadline, deadlineMs, isBlamed, MOST_KILLS, restartDelayMs, retryDelayMs } from './rules.ts'

export interface PoolOptions {
  description: EngineDescription
  slots: number
  /** Parts that a process is given at once, where so many wait. Default 1. */
  batch?: number
  startHost: StartHost
  deadline?: Partial<Deadline>
  /** How long a start may take before it counts as failed, ms. Large models on slow disks take a minute. */
  startTimeoutMs?: number
  /** How long a process has to answer when `probe` asks it, ms. */
  probeTimeoutMs?: number
  /** First wait before a process that died is started again, ms; doubled with every further death. */
  restartBaseMs?: number
  /** Told in one line when a process dies or cannot be started. Never holds text that was recognised. */
  onTrouble?: (message: string) => void
  now?: () => number
}

/** An engine whose processes are kept up. */
export interface EnginePool extends Engine {
  /**
   * Starts the processes and resolves when the first is ready.
   * @throws EngineError `unavailable`, with the reason in one line, when it cannot be had; none is left then.
   */
  start(): Promise<void>
}

/** A start that failed so often in a row, with nothing in between, makes the engine unavailable. */
const GIVE_UP_AFTER = 3

interface Slot {
  state: SlotState['state']
  since: number
  restarts: number
  host: EngineHost | null
  /** The end of that process, or of the last one. */
  ending: Ending
  parts: readonly Part[]
  /** Deaths and failed starts since the last part that this slot finished: they slow down its restarts. */
  failures: number
  /** Failed starts since the last one that succeeded. */
  failedStarts: number
}

const newSlot = (since: number): Slot => ({
  state: 'down',
  since,
  restarts: 0,
  host: null,
  ending: new Ending(Promise.resolve('was not started')),
  parts: [],
  failures: 0,
  failedStarts: 0,
})

/** The engine over `slots` processes: who waits, who works, who is replaced. See the port for its promises. */
export function createPool(options: PoolOptions): EnginePool {
  const now = options.now ?? Date.now
  const deadline: Deadline = { baseMs: 60_000, factor: 10, ...options.deadline }
  const { batch = 1, restartBaseMs = 500 } = options
  const queue = new PartQueue()
  const ending = new AbortController()
  const slots = Array.from({ length: options.slots }, () => newSlot(now()))
  const running = new Set<Promise<void>>()
  let lastAnswer = Number.NEGATIVE_INFINITY
  let dispatching = false
  let started = false
  let closing = false
  let lastTrouble = 'it has not been started'
  /** Of processes that worked on nothing, killed from outside: no part is the reason. */
  let idleKills = 0

  function change(slot: Slot, state: Slot['state']): void {
    slot.state = state
    slot.since = now()
  }

  function trouble(message: string): void {
    lastTrouble = message
    options.onTrouble?.(message)
  }

  /** Keeps track of what goes on in the background, so that `close` can wait for the last of it. */
  function background(work: Promise<void>): void {
    const tracked = work.finally(() => running.delete(tracked))
    running.add(tracked)
  }

  async function startSlot(slot: Slot): Promise<void> {
    change(slot, 'starting')
    const limit = timeLimit(options.startTimeoutMs ?? 300_000, ending.signal)
    try {
      slot.host = await options.startHost(limit.signal)
      slot.ending = new Ending(slot.host.ended)
    } catch (error) {
      slot.failures += 1
      // A process that somebody kills while it starts says nothing of the engine: work waits for the next one.
      if (error instanceof ToolKilled && !limit.exceeded()) idleKills += 1
      else slot.failedStarts += 1
      change(slot, 'down')
      throw limit.exceeded()
        ? new Error('the engine process took too long to start', { cause: error })
        : error
    } finally {
      limit.clear()
    }
    slot.failedStarts = 0
    if (closing) {
      slot.host.kill()
      await slot.host.ended
      throw new Error('the engine is closing')
    }
    lastAnswer = now()
    change(slot, 'idle')
    background(watch(slot, slot.host))
    dispatch()
  }

  /** Waits for the end of a process and, unless the pool is closing, brings up the next one. */
  async function watch(slot: Slot, host: EngineHost): Promise<void> {
    const how = await host.ended
    const theirs = whose(slot.parts)
    slot.host = null
    change(slot, 'down')
    if (closing) return
    slot.failures += 1
    if (slot.parts.length === 0 && isKilledFromOutside(how)) idleKills += 1
    trouble(`engine process ${host.pid} ${how}${theirs}`)
    background(bringUp(slot))
  }

  /** Starts a process until one is up, waiting longer each time. */
  async function bringUp(slot: Slot): Promise<void> {
    while (!closing) {
      await wait(restartDelayMs(slot.failures, restartBaseMs), ending.signal)
      if (closing) return
      slot.restarts += 1
      try {
        await startSlot(slot)
        return
      } catch (error) {
        if (closing) return
        trouble(`an engine process cannot be started: ${messageOf(error)}`)
        if (isUnavailable()) queue.rejectAll(unavailable())
      }
    }
  }

  const isUnavailable = (): boolean =>
    !started || slots.every((slot) => slot.host === null && slot.failedStarts >= GIVE_UP_AFTER)

  const unavailable = (): EngineError =>
    new EngineError(
      'unavailable',
      closing ? 'the engine is closing' : `no engine process is up: ${lastTrouble}`,
    )

  /** Batches are made once what is going on now is over: parts handed over in the same moment go together. */
  function dispatch(): void {
    if (batch === 1) deal()
    if (batch === 1 || dispatching) return
    dispatching = true
    setImmediate(() => {
      dispatching = false
      deal()
    })
  }

  function deal(): void {
    for (const slot of slots) {
      if (slot.state !== 'idle' || !slot.host) continue
      const parts = queue.next(batch)
      if (parts.length === 0) return
      slot.parts = parts
      change(slot, 'busy')
      background(work(slot, slot.host, parts))
    }
  }

  /** One attempt at some parts. */
  async function work(slot: Slot, host: EngineHost, parts: readonly Part[]): Promise<void> {
    let hung = false
    const seconds = parts.reduce((sum, { pcm }) => sum + pcm.length / SAMPLE_RATE, 0)
    const stopLimit = afterAwake(deadlineMs(seconds, deadline), () => {
      hung = true
      host.kill()
    })
    const outcomes = await slot.ending.before(
      host.recognise(parts.map(({ pcm, options }) => ({ pcm, options }))).catch(asError),
    )
    stopLimit()
    slot.parts = []
    if (outcomes instanceof HostDied) {
      retryOrReject(parts, hung, outcomes.how)
      return
    }
    lastAnswer = now()
    slot.failures = 0
    parts.forEach((part, i) => {
      const outcome = outcomes instanceof Error ? outcomes : outcomes[i]!
      if (outcome instanceof Error) part.reject(refusal(outcome))
      else part.resolve(outcome)
    })
    // The process may have died in the same moment; `watch` has its slot then.
    if (slot.host === host && slot.state === 'busy') change(slot, 'idle')
    dispatch()
  }

  function retryOrReject(parts: readonly Part[], hung: boolean, how: string): void {
    const again = parts.filter((part) => !part.settled.aborted)
    const fromOutside = !hung && isKilledFromOutside(how)
    if (parts.length === 1) for (const part of again) countDeath(part, fromOutside)
    for (const part of again) part.alone = true
    if (closing) {
      for (const part of again) part.reject(unavailable())
      return
    }
    const blamed = again.filter(isBlamed)
    putBack(again.filter((part) => !isBlamed(part)))
    for (const part of blamed) part.reject(deathOf(hung, how))
    dispatch()
  }

  function putBack(parts: readonly Part[]): void {
    const pauseOf = ({ kills }: Part): number => retryDelayMs(kills, restartBaseMs)
    queue.putBack(parts.filter((part) => pauseOf(part) === 0))
    for (const part of parts) if (pauseOf(part) > 0) queue.putBackLater(part, pauseOf(part), dispatch)
  }

  function countDeath(part: Part, fromOutside: boolean): void {
    if (!fromOutside) {
      part.attempts += 1
      return
    }
    // Whoever also kills processes that work on nothing does not mind which part there is.
    part.kills = part.idleKills === idleKills ? part.kills + 1 : 1
    part.idleKills = idleKills
  }

  async function start(): Promise<void> {
    const [first, ...others] = slots
    if (!first) throw new EngineError('unavailable', 'an engine needs at least one slot')
    try {
      started = true
      await startSlot(first)
    } catch (error) {
      started = false
      lastTrouble = messageOf(error)
      queue.rejectAll(unavailable())
      throw new EngineError('unavailable', lastTrouble, { cause: error })
    }
    for (const slot of others) {
      background(
        startSlot(slot).catch((error) => {
          if (closing) return
          trouble(`an engine process cannot be started: ${messageOf(error)}`)
          background(bringUp(slot))
        }),
      )
    }
  }

  function recognise(pcm: Int16Array, given: RecogniseOptions, signal: AbortSignal): Promise<Recognition> {
    if (signal.aborted) return Promise.reject(signal.reason)
    if (closing || isUnavailable()) return Promise.reject(unavailable())
    const result = queue.add(pcm, given, signal)
    dispatch()
    return result
  }

  async function probe(maxAgeMs: number): Promise<void> {
    if (closing) throw unavailable()
    // A busy process is killed at its deadline, so as long as it is busy, it is within it.
    if (slots.some((slot) => slot.state === 'busy') || now() - lastAnswer < maxAgeMs) return
    const idle = slots.filter((slot) => slot.state === 'idle' && slot.host)
    if (idle.length === 0) throw unavailable()
    await Promise.any(idle.map((slot) => answers(slot, options.probeTimeoutMs ?? 5_000))).catch(() => {
      throw new EngineError('unavailable', 'no engine process answers')
    })
    lastAnswer = now()
  }

  async function close(graceMs: number): Promise<void> {
    closing = true
    queue.rejectAll(unavailable())
    const settled = slots.flatMap((slot) => slot.parts.map((part) => part.settled))
    await Promise.race([allAborted(settled), wait(graceMs, ending.signal)])
    ending.abort(new Error('the engine is closing'))
    for (const slot of slots) slot.host?.kill()
    while (running.size > 0) await Promise.all(running)
  }

  return {
    slots: options.slots,
    places: options.slots * batch,
    describe: () => options.description,
    models: () => [options.description],
    slotStates: () =>
      slots.map(({ state, host, since, restarts }) => ({ state, pid: host?.pid ?? null, since, restarts })),
    start,
    recognise,
    probe,
    close,
  }
}

function deathOf(hung: boolean, how: string): EngineError {
  if (hung) return new EngineError('hung', 'the engine did not answer in time, twice')
  const times = isKilledFromOutside(how) ? `${MOST_KILLS} times: is there enough memory?` : 'twice'
  return new EngineError('crashed', `the engine process died ${times} (${how})`)
}

const refusal = (error: Error): EngineError =>
  error instanceof HostRefusal
    ? new EngineError('failed', error.message)
    : new EngineError('failed', 'the engine failed', { cause: error })

async function answers({ host, ending }: Slot, withinMs: number): Promise<void> {
  const patience = new AbortController()
  const late = wait(withinMs, patience.signal).then(() => Promise.reject(new Error('late')))
  try {
    const answer = await Promise.race([
      ending.before(host?.ping() ?? Promise.reject(new Error('gone'))),
      late,
    ])
    if (answer instanceof HostDied) throw new Error('gone')
  } finally {
    late.catch(() => {})
    patience.abort()
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
const messageOf = (error: unknown): string => asError(error).message
