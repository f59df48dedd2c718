import type { Db } from '../tables.ts'
import { type Lease, Lost, renew } from './lease.ts'

const BEATS_A_LEASE = 3

/**
 * Does the work that was claimed, with a sign of life now and then. Its signal is aborted with `Lost` once the claim
 * is gone. A database that is away is no reason to stop: what is written later asks for the token.
 */
export async function whileHeld<T>(
  { db }: { db: Db },
  lease: Lease,
  work: (lost: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController()
  let beating = false
  async function beat(): Promise<void> {
    if (beating) return
    beating = true
    try {
      if (!(await renew(db, lease))) lost.abort(new Lost())
    } catch {
      // The next one tells.
    } finally {
      beating = false
    }
  }
  const timer = setInterval(beat, lease.ms / BEATS_A_LEASE)
  try {
    return await work(lost.signal)
  } finally {
    clearInterval(timer)
  }
}
