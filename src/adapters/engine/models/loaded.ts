export interface LoadedOptions<T> {
  /** Things that are open at the same time. */
  most: number
  open(name: string): Promise<T>
  /** What nobody used for so long is closed, ms. */
  idleMs: number
}

interface Closable {
  close(graceMs: number): Promise<void>
}

interface Entry<T> {
  readonly name: string
  readonly opened: Promise<T>
  users: number
  /** A count that rises with every use. */
  lastUse: number
  idle: NodeJS.Timeout | undefined
}

interface Waiting<T> {
  readonly name: string
  admit(entry: Entry<T>): void
  refuse(why: unknown): void
}

/**
 * Things that take room while they are open, so only so many are: what was not used for longest gives way,
 * though never while it is in use. Who waits for room is not overtaken, so nobody waits for ever.
 */
export class Loaded<T extends Closable> {
  readonly #options: LoadedOptions<T>
  readonly #entries = new Map<string, Entry<T>>()
  /** Those that are being closed still take their room. */
  readonly #closing = new Set<Promise<void>>()
  readonly #line = new Set<Waiting<T>>()
  #uses = 0
  #closed: Error | undefined

  constructor(options: LoadedOptions<T>) {
    this.#options = options
  }

  /** Opens it where it is not open, and keeps it so while `work` runs. Rejects with the signal's reason. */
  async use<R>(name: string, signal: AbortSignal, work: (thing: T) => Promise<R>): Promise<R> {
    const entry = await this.#admission(name, signal)
    try {
      const thing = await entry.opened
      signal.throwIfAborted()
      return await work(thing)
    } finally {
      this.#left(entry)
    }
  }

  /** What is open now. */
  names(): string[] {
    return [...this.#entries.keys()]
  }

  /** @param why told to those who wait */
  async close(graceMs: number, why: Error): Promise<void> {
    this.#closed = why
    for (const waiting of [...this.#line]) waiting.refuse(why)
    for (const entry of [...this.#entries.values()]) this.#evict(entry, graceMs)
    await Promise.all(this.#closing)
  }

  #admission(name: string, signal: AbortSignal): Promise<Entry<T>> {
    signal.throwIfAborted()
    if (this.#closed) throw this.#closed
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        signal.removeEventListener('abort', onAbort)
        this.#line.delete(waiting)
      }
      const waiting: Waiting<T> = {
        name,
        admit(entry) {
          leave()
          resolve(entry)
        },
        refuse(why) {
          leave()
          reject(why as Error)
        },
      }
      const onAbort = (): void => {
        waiting.refuse(signal.reason)
        this.#serve()
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#line.add(waiting)
      this.#serve()
    })
  }

  /** Admits who can be, in the order of the line, up to the first for whom there is no room. */
  #serve(): void {
    for (const waiting of this.#line) {
      const entry = this.#entries.get(waiting.name) ?? this.#opening(waiting.name)
      if (!entry) return
      entry.users += 1
      entry.lastUse = ++this.#uses
      clearTimeout(entry.idle)
      waiting.admit(entry)
    }
  }

  /** Undefined: there is no room yet. */
  #opening(name: string): Entry<T> | undefined {
    if (this.#entries.size + this.#closing.size >= this.#options.most) {
      if (this.#closing.size === 0) this.#makeRoom()
      return undefined
    }
    const opened = this.#options.open(name)
    const entry: Entry<T> = { name, opened, users: 0, lastUse: 0, idle: undefined }
    this.#entries.set(name, entry)
    opened.catch(() => {
      if (this.#entries.get(name) === entry) this.#entries.delete(name)
      this.#serve()
    })
    return entry
  }

  #makeRoom(): void {
    const unused = [...this.#entries.values()].filter(({ users }) => users === 0)
    const oldest = unused.sort((a, b) => a.lastUse - b.lastUse)[0]
    if (oldest) this.#evict(oldest, 0)
  }

  #left(entry: Entry<T>): void {
    entry.users -= 1
    if (entry.users === 0 && this.#entries.get(entry.name) === entry)
      entry.idle = setTimeout(() => this.#evict(entry, 0), this.#options.idleMs).unref()
    this.#serve()
  }

  #evict(entry: Entry<T>, graceMs: number): void {
    clearTimeout(entry.idle)
    this.#entries.delete(entry.name)
    const closing: Promise<void> = entry.opened
      .then((thing) => thing.close(graceMs))
      .catch(() => {}) // it never opened
      .finally(() => {
        this.#closing.delete(closing)
        this.#serve()
      })
    this.#closing.add(closing)
  }
}
