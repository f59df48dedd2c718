import { setTimeout as sleep } from 'node:timers/promises'
import type { Lease } from './lease.ts'

const AGAIN_MS = 1000
/** What is not there when the database answers may still be on its way to its commit, as the connection broke. */
const ENOUGH = 2

/**
 * Makes a claim. Where its answer does not come, it may be there all the same: the connection broke between the commit
 * and the answer. Nobody works under it then, and nobody else could before it has run out, so it is freed by its
 * token as soon as the database answers again.
 * @param free says whether there was one
 */
export async function claimOrFree<T>(
  { ms }: Lease,
  claim: () => Promise<T>,
  free: () => Promise<boolean>,
): Promise<T> {
  try {
    return await claim()
  } catch (error) {
    if (mayBeThere(error)) void freeUntil(performance.now() + ms, free)
    throw error
  }
}

/** Nobody was asked: no such host, or nobody who listens there. */
const DIALLING = new Set(['connect', 'getaddrinfo'])
/** PostgreSQL's that come of the connection's end: with synchronous replicas also after the commit. */
const ENDED = /^(?:08|57P)/

/**
 * Whether a claim that failed so may have been made. Not where the database itself says why it was not: PostgreSQL’s own
 * errors carry a severity, and SQLite’s its name. Of SQLite's, only a log that does not reach the disk leaves one.
 */
export function mayBeThere(error: unknown): boolean {
  if (!(error instanceof Error)) return true
  const { code, syscall } = error as { code?: unknown; syscall?: unknown }
  if (typeof syscall === 'string' && DIALLING.has(syscall)) return false
  if (typeof code !== 'string') return true
  return 'severity' in error ? ENDED.test(code) : !code.startsWith('SQLITE_')
}

async function freeUntil(end: number, free: () => Promise<boolean>): Promise<void> {
  for (let answers = 0; answers < ENOUGH && performance.now() < end; ) {
    try {
      if (await free()) return
      answers++
    } catch {
      // It is away.
    }
    await sleep(AGAIN_MS, undefined, { ref: false })
  }
}
