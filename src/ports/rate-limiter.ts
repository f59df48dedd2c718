/** Counts requests over a rolling minute; shared by all processes that answer for one database. */
export interface RateLimiter {
  /** Counts one more request under `key`, unless `limit` of them are within the window already. */
  take(key: string, limit: number): Promise<Taken>
}

export interface Taken {
  allowed: boolean
  /** Requests within the window, this one included where it was allowed. */
  used: number
  /** Epoch ms at which the oldest of them leaves the window. */
  freeAt: number
}
