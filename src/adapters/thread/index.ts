/** A table of functions, of which those with long arguments are called in another thread. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { DomainError } from '../../domain/errors.ts'
import type { Elsewhere, Work } from '../../ports/text-work.ts'
import type { Answer, Call } from './protocol.ts'

/** Characters: what is computed from so few takes some milliseconds, and less than to say it to another thread. */
const SHORT = 200_000
/** Characters that may wait for the thread together: some ten of the longest transcripts, each for some seconds. */
const MOST = 250_000_000
/** Seconds after which those that wait now are done, or nearly. */
const RETRY_AFTER = 10

interface Waiting {
  length: number
  resolve(value: unknown): void
  reject(error: Error): void
}

/**
 * @param work the very table that the module serves, for what is short
 * @param always names of functions that are never called here
 * @param most so many characters wait together; what comes beyond is refused as `queue.full`
 */
export function elsewhere<W extends Work>(
  work: W,
  module: URL,
  always: readonly (keyof W)[] = [],
  most = MOST,
): Elsewhere<W> & { close(): Promise<void> } {
  const thread = new Thread(module, most)
  const entries = Object.entries(work).map(([name, local]) => [
    name,
    async (...args: unknown[]): Promise<unknown> =>
      always.includes(name) || lengthOfAll(args) > SHORT ? thread.call(name, args) : local(...args),
  ])
  return { ...(Object.fromEntries(entries) as Elsewhere<W>), close: () => thread.close() }
}

const lengthOfAll = (args: readonly unknown[]): number =>
  args.reduce<number>((sum, arg) => sum + lengthOf(arg), 0)

/** Of a text, or of the texts in an object. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (value instanceof Uint8Array) return value.byteLength
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>(
    (sum, each) => sum + (typeof each === 'string' ? each.length : 0),
    0,
  )
}

/** Started when it is first needed, and again after it has died; it does not keep the process alive. */
class Thread {
  readonly #module: URL
  readonly #most: number
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | undefined
  #last = 0
  /** Characters of those that wait. */
  #load = 0

  constructor(module: URL, most: number) {
    this.#module = module
    this.#most = most
  }

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    const length = lengthOfAll(args)
    // One alone is never too long: its own limits have let it through.
    if (this.#waiting.size > 0 && this.#load + length > this.#most)
      throw new DomainError(
        'queue.full',
        'Too many long texts are being read and written. Ask again in a moment.',
        {
          retryAfter: RETRY_AFTER,
        },
      )
    this.#worker ??= this.#start()
    const worker = this.#worker
    const id = ++this.#last
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { length, resolve, reject })
      this.#load += length
      worker.ref()
      worker.postMessage({ id, name, args } satisfies Call)
    })
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const fromSource = this.#module.pathname.endsWith('.ts')
    const worker = new Worker(fromSource ? throughTsx(this.#module) : this.#module)
    worker.on('message', (answer: Answer) => this.#settle(worker, answer))
    worker.on('error', (cause) => this.#lose(worker, cause))
    worker.on('exit', () => this.#lose(worker))
    worker.unref()
    return worker
  }

  #settle(worker: Worker, answer: Answer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    this.#load -= waiting?.length ?? 0
    if (this.#waiting.size === 0) worker.unref()
    if ('value' in answer) waiting?.resolve(answer.value)
    else if ('refused' in answer)
      waiting?.reject(new DomainError(answer.refused.code, answer.refused.message, answer.refused.details))
    else waiting?.reject(new Error(answer.failed))
  }

  #lose(worker: Worker, cause?: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    for (const { reject } of this.#waiting.values())
      reject(new Error('the thread for long texts ended', { cause }))
    this.#waiting.clear()
    this.#load = 0
  }
}

/** Threads do not take over the loaders of their process, nor `--import`. */
function throughTsx(module: URL): URL {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const api = new URL('esm/api/index.mjs', loader)
  const code = `import { register } from '${api}'; register(); await import('${module}')`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
