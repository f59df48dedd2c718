/**
 * Shares the engine's slots between accounts in turn, and what an account gets between its recordings. A
 * recording that has had no slot yet goes first: a short clip never waits behind the parts of a long one,
 * whoever sent that. A free slot takes the next part, so it waits for one part at most where it is alone.
 */
import { setMaxListeners } from 'node:events'
import { type Engine, type RecogniseOptions, type Recognition, SAMPLE_RATE } from '../ports/engine.ts'
import { inSpan, type Tracer } from '../ports/tracer.ts'

/** A recording under way; the same object with each of its parts. */
interface Recording {
  accountId: string
  /** What the log calls it. */
  about?: string | undefined
  /** Told when it has its first slot. */
  onHeard?: () => void
}

/** So many new recordings in a row go before those that have begun, so that these get on as well. */
const NEW_IN_A_ROW = 4

interface Waiting {
  start(): void
}

/** Recordings of one account that have parts waiting, in the order of their turns. */
interface Line {
  parts: Map<Recording, Waiting[]>
  newInRow: number
}

export interface Scheduler {
  recognise(
    recording: Recording,
    pcm: Int16Array,
    options: RecogniseOptions,
    signal: AbortSignal,
    /** The span that it is part of. */
    traceparent?: string,
  ): Promise<Recognition>
  /** Parts that wait for a slot. */
  readonly waiting: number
  /** Parts that are in one. */
  readonly running: number
  /** Told whenever nothing waits. Returns how to end that. */
  onRoom(listener: () => void): () => void
}

export function createScheduler(
  engine: Pick<Engine, 'places' | 'recognise'>,
  tracer?: Tracer | undefined,
): Scheduler {
  /** Of the accounts that have parts waiting. */
  const lines = new Map<string, Line>()
  /** Which turn each account had last: a number for each that was ever here. */
  const turns = new Map<string, number>()
  let turn = 0
  const begun = new WeakSet<Recording>()
  const listeners = new Set<() => void>()
  let running = 0

  function next(): void {
    while (running < engine.places) {
      const account = longestWithout()
      const line = account === undefined ? undefined : lines.get(account)
      if (account === undefined || !line) break
      const part = takeFrom(line)
      turns.set(account, ++turn)
      if (line.parts.size === 0) lines.delete(account)
      running++
      part.start()
    }
    if (lines.size === 0) for (const listener of listeners) listener()
  }

  /** The account that waits and has gone without a slot for the most turns. */
  function longestWithout(): string | undefined {
    let found: string | undefined
    for (const account of lines.keys())
      if (found === undefined || (turns.get(account) ?? 0) < (turns.get(found) ?? 0)) found = account
    return found
  }

  function takeFrom(line: Line): Waiting {
    const recordings = [...line.parts.keys()]
    const fresh = recordings.find((each) => !begun.has(each))
    const old = recordings.find((each) => begun.has(each))
    const chosen = fresh && (!old || line.newInRow < NEW_IN_A_ROW) ? fresh : (old as Recording)
    line.newInRow = chosen === fresh ? line.newInRow + 1 : 0
    if (!begun.has(chosen)) chosen.onHeard?.()
    begun.add(chosen)
    const [part, ...rest] = line.parts.get(chosen) as [Waiting, ...Waiting[]]
    line.parts.delete(chosen)
    if (rest.length > 0) line.parts.set(chosen, rest)
    return part
  }

  function leave(recording: Recording, waiting: Waiting): void {
    const line = lines.get(recording.accountId)
    const rest = line?.parts.get(recording)?.filter((w) => w !== waiting) ?? []
    if (rest.length > 0) line?.parts.set(recording, rest)
    else line?.parts.delete(recording)
    if (line?.parts.size === 0) lines.delete(recording.accountId)
  }

  async function slot(recording: Recording, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        start() {
          signal.removeEventListener('abort', give)
          resolve()
        },
      }
      const give = (): void => {
        leave(recording, waiting)
        reject(signal.reason)
      }
      // As many wait with one signal as there are places: that is no leak for Node to warn of.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', give, { once: true })
      const line = lines.get(recording.accountId) ?? { parts: new Map(), newInRow: 0 }
      line.parts.set(recording, [...(line.parts.get(recording) ?? []), waiting])
      lines.set(recording.accountId, line)
      next()
    })
  }

  return {
    get running() {
      return running
    },
    onRoom(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get waiting() {
      let count = 0
      for (const { parts } of lines.values()) for (const line of parts.values()) count += line.length
      return count
    },
    async recognise(recording, pcm, options, signal, traceparent) {
      await slot(recording, signal)
      try {
        const attributes = { 'earshot.seconds': pcm.length / SAMPLE_RATE }
        return await inSpan(tracer, 'engine', { parent: traceparent, attributes }, () =>
          engine.recognise(pcm, { ...options, about: recording.about }, signal),
        )
      } finally {
        running--
        next()
      }
    },
  }
}
