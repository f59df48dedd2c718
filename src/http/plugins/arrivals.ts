/**
 * Files that are being received to become text. They want a place in the queue and have none yet: uncounted, all that
 * come while one place is free would be read, stored and looked at, and refused only then, and what had been taken on
 * would wait behind that work.
 */
export interface Arrivals {
  /** @returns how many came before it and are still arriving: in all, and of its account */
  enter(arrival: Arrival): { all: number; own: number }
  /** It has a place, or wants none any more. More than once does no harm. */
  leave(arrival: Arrival): void
}

export interface Arrival {
  accountId: string
  /** Twins under one idempotency key want one place. */
  name: string
  /** Whether it has been sent whole: then it waits for the server, and no longer for its sender. */
  isWhole(): boolean
}

/** A slow upload must not hold a place for hours, or a few of them would close the queue. */
const COUNTS_FOR_MS = 10_000

export function countArrivals(now: () => number = () => performance.now()): Arrivals {
  /** In the order in which they came. */
  const arriving = new Map<Arrival, number>()
  return {
    enter(arrival) {
      const since = now() - COUNTS_FOR_MS
      const names = new Set<string>()
      let own = 0
      for (const [other, at] of arriving) {
        if (at <= since && !other.isWhole()) continue
        if (other.name !== arrival.name && !names.has(other.name)) {
          names.add(other.name)
          if (other.accountId === arrival.accountId) own++
        }
      }
      arriving.set(arrival, now())
      return { all: names.size, own }
    },
    leave(arrival) {
      arriving.delete(arrival)
    },
  }
}
