import { setMaxListeners } from 'node:events'
import type { RecogniseOptions, Recognition } from '../../../ports/engine.ts'

/** A part that waits or is worked on. Settling it a second time does nothing. */
export interface Part {
  readonly pcm: Int16Array
  readonly options: RecogniseOptions
  /** Attempts that ended with the death of the process. */
  attempts: number
  resolve(recognition: Recognition): void
  reject(error: unknown): void
  /** Aborts when the part has its result or its error. */
  readonly settled: AbortSignal
}

/** Parts in the order in which they came. One whose signal aborts is rejected at once and forgotten. */
export class PartQueue {
  readonly #waiting = new Set<Part>()

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

  /** Takes the first one out. */
  next(): Part | undefined {
    const [part] = this.#waiting
    if (part) this.#waiting.delete(part)
    return part
  }

  /** Puts a part whose process died before all others. */
  putBack(part: Part): void {
    const others = [...this.#waiting]
    this.#waiting.clear()
    for (const each of [part, ...others]) this.#waiting.add(each)
  }

  rejectAll(error: Error): void {
    for (const part of [...this.#waiting]) part.reject(error)
  }
}
