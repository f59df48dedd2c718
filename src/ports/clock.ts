/** Milliseconds since the epoch, UTC. A port so that tests can move time. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
