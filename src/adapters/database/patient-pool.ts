import pg from 'pg'

export interface Patience {
  /** How long one of our own connections is waited for while the database works, ms. */
  waitMs: number
  /** After this long without one that came back, ms, the database is looked at. */
  lookMs: number
  /** Rejects where the database is away. Ends within a time of its own. */
  look(): Promise<void>
}

interface Waiter {
  admit(): void
  refuse(error: unknown): void
}

/** What `databaseAway` knows it by. */
const NONE_FREE = 'no connection of the pool became free'

/**
 * A pool in which waiting for one of our own connections is not connecting. In pg's, `connectionTimeoutMillis` limits
 * both: of 500 requests at once many were refused after the five seconds that a database has to answer, although it
 * answered all the while. Without that limit, an outage would keep everyone waiting.
 */
export class PatientPool extends pg.Pool {
  readonly #patience: Patience
  /** In the order in which they came. They wait here and never in pg's own queue, with its one limit. */
  readonly #queue = new Set<Waiter>()
  readonly #out = new WeakSet<pg.PoolClient>()
  #taken = 0
  #timer: NodeJS.Timeout | undefined
  #looking = false

  constructor(config: pg.PoolConfig, patience: Patience) {
    super(config)
    this.#patience = patience
    this.on('release', (_, client) => {
      if (this.#out.delete(client)) this.#pass()
    })
  }

  override connect(): Promise<pg.PoolClient>
  override connect(
    callback: (
      error: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): void
  override connect(callback?: (...args: never[]) => void): Promise<pg.PoolClient> | undefined {
    const client = this.#connect()
    if (!callback) return client
    const call = callback as (...args: unknown[]) => void
    client.then(
      (it) => call(undefined, it, it.release),
      (error) => call(error, undefined, () => {}),
    )
    return undefined
  }

  async #connect(): Promise<pg.PoolClient> {
    if (this.#taken < this.options.max) this.#taken++
    else await this.#turn()
    try {
      const client = await super.connect()
      this.#out.add(client)
      return client
    } catch (error) {
      this.#pass()
      // All who wait may be waiting for the same.
      void this.#look()
      throw error
    }
  }

  /** A place among those that may have a connection, from somebody who is done with it. */
  #turn(): Promise<void> {
    const { waitMs, lookMs } = this.#patience
    return new Promise((admit, refuse) => {
      const tooLong = setTimeout(() => waiter.refuse(new Error(NONE_FREE)), waitMs).unref()
      const ended =
        <T extends unknown[]>(end: (...args: T) => void) =>
        (...args: T): void => {
          clearTimeout(tooLong)
          this.#queue.delete(waiter)
          end(...args)
        }
      const waiter: Waiter = { admit: ended(admit), refuse: ended(refuse) }
      this.#queue.add(waiter)
      this.#timer ??= setTimeout(() => void this.#look(), lookMs).unref()
    })
  }

  #pass(): void {
    const [next] = this.#queue
    if (next) next.admit()
    else this.#taken--
    this.#rest()
  }

  /** Nothing needs to be looked at for now. */
  #rest(): void {
    if (this.#queue.size > 0) this.#timer?.refresh()
    else {
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }

  async #look(): Promise<void> {
    if (this.#looking || this.#queue.size === 0) return
    this.#looking = true
    try {
      await this.#patience.look()
    } catch (error) {
      for (const waiter of this.#queue) waiter.refuse(error)
    } finally {
      this.#looking = false
      this.#rest()
    }
  }
}
