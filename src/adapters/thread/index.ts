/** A table of functions, of which those with long arguments are called in another thread, each account in its turn. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { DomainError } from '../../domain/errors.ts'
import type { Elsewhere, OnBehalfOf, Work } from '../../ports/text-work.ts'
import type { Answer, Call } from './protocol.ts'

/** Characters: what is computed from so few takes some milliseconds, and less than to say it to another thread. */
const SHORT = 200_000
/** Characters that may wait for the thread together: some ten of the longest transcripts, each for some seconds. */
const MOST = 250_000_000
/** The share of that which one account may have, if it has asked already. */
const SHARE = 1 / 2
/** Seconds after which those that wait now are done, or nearly. */
const RETRY_AFTER = 10

interface Asked {
  call: Call
  owner: string
  length: number
  resolve(value: unknown): void
  reject(error: Error): void
}

/** What one account has asked for and has not got yet. */
interface Line {
  waiting: Asked[]
  /** Characters, with those of what is being computed. */
  load: number
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
): Elsewhere<W> & OnBehalfOf & { close(): Promise<void> } {
  const thread = new Thread(module, most)
  const entries = Object.entries(work).map(([name, local]) => [
    name,
    async (...args: unknown[]): Promise<unknown> =>
      always.includes(name) || lengthOfAll(args) > SHORT ? thread.call(name, args) : local(...args),
  ])
  return {
    ...(Object.fromEntries(entries) as Elsewhere<W>),
    onBehalfOf: <T>(owner: () => string, run: () => T): T => thread.onBehalfOf(owner, run),
    close: () => thread.close(),
  }
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
  readonly #asking = new AsyncLocalStorage<() => string>()
  /** By account. The first that waits is next. */
  readonly #lines = new Map<string, Line>()
  #computed: Asked | undefined
  #worker: Worker | undefined
  #last = 0
  /** Characters of those that wait or are computed. */
  #load = 0

  constructor(module: URL, most: number) {
    this.#module = module
    this.#most = most
  }

  onBehalfOf<T>(owner: () => string, run: () => T): T {
    return this.#asking.run(owner, run)
  }

  async call(name: string, args: readonly unknown[]): Promise<unknown> {
    const length = lengthOfAll(args)
    const owner = this.#asking.getStore()?.() ?? ''
    const line = this.#lines.get(owner) ?? { waiting: [], load: 0 }
    this.#requireRoom(line, length)
    this.#lines.set(owner, line)
    line.load += length
    this.#load += length
    return new Promise((resolve, reject) => {
      line.waiting.push({ call: { id: ++this.#last, name, args }, owner, length, resolve, reject })
      this.#next()
    })
  }

  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.terminate()
    const left = [...this.#lines.values()].flatMap(({ waiting }) => waiting.splice(0))
    for (const asked of [...(this.#computed ? [this.#computed] : []), ...left])
      asked.reject(new Error('the thread for long texts was closed'))
  }

  /** One alone is never too long: its own limits have let it through. */
  #requireRoom({ load }: Line, length: number): void {
    // Whoever has asked for nothing yet finds room where others have filled it.
    const room = load > 0 ? this.#most : 2 * this.#most
    const isFull = this.#load > 0 && this.#load + length > room
    const isGreedy = load > 0 && load + length > this.#most * SHARE
    if (isFull || isGreedy)
      throw new DomainError(
        'queue.full',
        'Too many long texts are being read and written. Ask again in a moment.',
        { retryAfter: RETRY_AFTER },
      )
  }

  #next(): void {
    if (this.#computed) return
    for (const { waiting } of this.#lines.values()) {
      const asked = waiting.shift()
      if (!asked) continue
      this.#computed = asked
      this.#compute(asked)
      return
    }
    this.#worker?.unref()
  }

  #compute(asked: Asked): void {
    this.#worker ??= this.#start()
    this.#worker.ref()
    try {
      this.#worker.postMessage(asked.call)
    } catch (cause) {
      asked.reject(cause as Error)
      this.#done()
    }
  }

  /** Its account goes behind all others. */
  #done(): void {
    const { owner, length } = this.#computed!
    const line = this.#lines.get(owner)!
    this.#computed = undefined
    this.#load -= length
    line.load -= length
    this.#lines.delete(owner)
    if (line.waiting.length > 0) this.#lines.set(owner, line)
    this.#next()
  }

  #start(): Worker {
    const fromSource = this.#module.pathname.endsWith('.ts')
    const worker = new Worker(fromSource ? throughTsx(this.#module) : this.#module)
    worker.on('message', (answer: Answer) => this.#settle(answer))
    worker.on('error', (cause) => this.#lose(worker, cause))
    worker.on('exit', () => this.#lose(worker))
    worker.unref()
    return worker
  }

  #settle(answer: Answer): void {
    const asked = this.#computed
    if (asked?.call.id !== answer.id) return
    if ('value' in answer) asked.resolve(answer.value)
    else if ('refused' in answer)
      asked.reject(new DomainError(answer.refused.code, answer.refused.message, answer.refused.details))
    else asked.reject(new Error(answer.failed))
    this.#done()
  }

  /** What waits is computed by the next one. */
  #lose(worker: Worker, cause?: Error): void {
    if (this.#worker !== worker) return
    this.#worker = undefined
    if (!this.#computed) return
    this.#computed.reject(new Error('the thread for long texts ended', { cause }))
    this.#done()
  }
}

/** Threads do not take over the loaders of their process, nor `--import`. */
function throughTsx(module: URL): URL {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx'))
  const api = new URL('esm/api/index.mjs', loader)
  const code = `import { register } from '${api}'; register(); await import('${module}')`
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`)
}
