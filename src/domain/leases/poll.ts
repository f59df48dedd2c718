/** Looks for what can be claimed: at once when a signal says so, and now and then, since signals may be lost. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Lost } from './lease.ts'

export interface PollOptions<T> {
  everyMs: number
  /** Claims one, if there is room for it. @param running how many run */
  claim(running: number): Promise<T | undefined>
  /** Works on it to its end. Never throws. */
  run(claimed: T): Promise<void>
  /** What else is to be done now and then. */
  chores?(): Promise<void>
  failed(error: unknown): void
}

export interface Poll {
  look(): void
  /** Claims nothing more, and waits for the claim that is under way; what runs goes on. */
  stop(): Promise<void>
  /** Resolves when all that runs has ended. */
  ended(): Promise<void>
}

export function startPoll<T>({ everyMs, claim, run, chores, failed }: PollOptions<T>): Poll {
  const running = new Set<Promise<void>>()
  let stopped = false
  let looking: Promise<void> | undefined
  let again = false

  /** Claims until there is nothing, or no room. One at a time, however many signals come. */
  async function claimAll(): Promise<void> {
    while (again) {
      again = false
      while (!stopped) {
        const found = await claim(running.size)
        if (found === undefined) break
        const one: Promise<void> = run(found).finally(() => {
          running.delete(one)
          look()
        })
        running.add(one)
      }
    }
  }

  function look(): void {
    if (stopped) return
    again = true
    looking ??= claimAll()
      .catch(failed)
      .finally(() => {
        looking = undefined
      })
  }

  const timer = setInterval(() => {
    look()
    chores?.().catch(failed)
  }, everyMs)
  look()
  return {
    look,
    async stop() {
      stopped = true
      clearInterval(timer)
      await looking
    },
    async ended() {
      await Promise.all(running)
    },
  }
}

/** How often is looked whether somebody else has ended what is waited for. */
const LOOK_MS = 250

/**
 * What only one does at a time, whoever asks for it: the outcome that is stored already, or one that is made here
 * once nobody else is at it.
 * @param gone ends the waiting
 */
export async function inTurn<T>(
  gone: AbortSignal,
  { stored, claim }: { stored(): Promise<T | undefined>; claim(): Promise<(() => Promise<T>) | undefined> },
): Promise<T> {
  for (;;) {
    const found = await stored()
    if (found !== undefined) return found
    const make = await claim()
    if (make) {
      try {
        return await make()
      } catch (error) {
        if (!(error instanceof Lost)) throw error
      }
    }
    await pause(LOOK_MS, gone)
  }
}

/** @throws the signal's reason */
export async function pause(ms: number, gone: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: gone }).catch(() => {})
  gone.throwIfAborted()
}
