/** When what is open will be done, where all share one engine. */

export interface Work {
  id: string
  accountId: string
  /** Whether it has a place already; the others get one in their order as places become free. */
  runs: boolean
  /** What is left of it, in seconds of the server's time if it had the server for itself. */
  seconds: number
}

/** Further ones have no end in sight. */
const MOST = 300

/**
 * The engine is shared in turn between accounts, and what an account gets between its recordings.
 * @param works in the order of the queue
 * @returns in how many seconds each ends
 */
export function endsOf(works: readonly Work[]): Map<string, number> {
  const known = works.slice(0, MOST).map((work) => ({ ...work }))
  let running = known.filter(({ runs }) => runs)
  const waiting = known.filter(({ runs }) => !runs)
  const places = Math.max(1, running.length)
  const ends = new Map<string, number>()
  let at = 0
  for (;;) {
    running.push(...waiting.splice(0, places - running.length))
    if (running.length === 0) return ends
    const shares = sharesOf(running)
    const next = Math.min(...running.map((work, k) => work.seconds / (shares[k] as number)))
    at += next
    running.forEach((work, k) => {
      work.seconds -= next * (shares[k] as number)
    })
    const done = running.filter(({ seconds }) => seconds <= 1e-9)
    for (const { id } of done) ends.set(id, at)
    running = running.filter((work) => !done.includes(work))
  }
}

/** How much of the server each has. */
export function sharesOf(running: readonly Pick<Work, 'accountId'>[]): number[] {
  const counts = new Map<string, number>()
  for (const { accountId } of running) counts.set(accountId, (counts.get(accountId) ?? 0) + 1)
  return running.map(({ accountId }) => 1 / counts.size / (counts.get(accountId) as number))
}
