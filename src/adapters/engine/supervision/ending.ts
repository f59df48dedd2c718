export class HostDied {
  readonly how: string
  constructor(how: string) {
    this.how = how
  }
}

/**
 * The end of a process, to be waited for beside its work. A process lives for weeks, and what hangs on a promise stays
 * as long as the promise: were each part to race with `ended` itself, its sound would stay in memory until then.
 */
export class Ending {
  readonly #waiting = new Set<(died: HostDied) => void>()
  #died: HostDied | undefined

  constructor(ended: Promise<string>) {
    ended.then((how) => {
      this.#died = new HostDied(how)
      for (const tell of this.#waiting) tell(this.#died)
      this.#waiting.clear()
    })
  }

  /** What the work comes to, unless the process ends before. */
  before<T>(work: Promise<T>): Promise<T | HostDied> {
    if (this.#died) return Promise.resolve(this.#died)
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve)
      work.then(resolve, reject).finally(() => this.#waiting.delete(resolve))
    })
  }
}
