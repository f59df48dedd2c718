import { setMaxListeners } from 'node:events'
import type { RecogniseOptions, Recognition } from '../../../ports/engine.ts'

/** A part that waits or is worked on. Settling it a second time does nothing. */
export interface Part {
  readonly pcm: Int16Array
  readonly options: RecogniseOptions
  /** Attempts that ended with the death of the process, this part being the only one. */
  attempts: number
  /** Those that somebody else brought about: the kernel for want of memory, an operator. */
  kills: number
  /** How many processes that worked on nothing had been killed from outside when it last happened. */
  idleKills: number
  /** It was among others when a process died: it is tried alone, so that the innocent are not blamed. */
  alone: boolean
  resolve(recognition: Recognition): void
  reject(error: unknown): void
  /** Aborts when the part has its result or its error. */
  readonly settled: AbortSignal
}

/** Parts in the order in which they came. One whose signal aborts is rejected at once and forgotten. */
export class PartQueue {
  readonly #waiting = new Set<Part>()
  /** To be put back later. */
  readonly #paused = new Set<Part>()

  add(pcm: Int16Array, options: RecogniseOptions, signal: AbortSignal): Promise<Recognition> {
    return new Promise((resolve, reject) => {
      const settled = new AbortController()
      const onAbort = () => part.reject(signal.reason)
      const settle = (how: () => void) => {
        signal.removeEventListener('abort', onAbort)
        this.#waiting.delete(part)
        how()
        settled.abort()
      }
      const part: Part = {
        pcm,
        options,
        attempts: 0,
        kills: 0,
        idleKills: 0,
        alone: false,
        resolve: (recognition) => settle(() => resolve(recognition)),
        reject: (error) => settle(() => reject(error)),
        settled: settled.signal,
      }
      // One job waits for many parts with one signal: that is no leak for Node to warn of.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiting.add(part)
    })
  }

  /** Takes the first ones out, at most so many; one that is to be tried alone comes alone. */
  next(most: number): Part[] {
    const taken: Part[] = []
    for (const part of this.#waiting) {
      if (taken.length === most || (part.alone && taken.length > 0)) break
      taken.push(part)
      if (part.alone) break
    }
    for (const part of taken) this.#waiting.delete(part)
    return taken
  }

  /** Puts parts whose process died before all others. */
  putBack(parts: readonly Part[]): void {
    const others = [...this.#waiting]
    this.#waiting.clear()
    for (const each of [...parts, ...others]) this.#waiting.add(each)
  }

  /** The same after a while. @param then called when it is there */
  putBackLater(part: Part, ms: number, then: () => void): void {
    this.#paused.add(part)
    const timer = setTimeout(() => {
      this.#paused.delete(part)
      this.putBack([part])
      then()
    }, ms)
    part.settled.addEventListener('abort', () => {
      clearTimeout(timer)
      this.#paused.delete(part)
    })
  }

  rejectAll(error: Error): void {
    for (const part of [...this.#waiting, ...this.#paused]) part.reject(error)
  }
}

/** For the log: the recordings that parts are of. */
export function whose(parts: readonly Pick<Part, 'options'>[]): string {
  const known = new Set(parts.flatMap(({ options }) => options.about ?? []))
  return known.size === 0 ? '' : `, with parts of ${[...known].join(', ')}`
}
