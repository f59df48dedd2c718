import type { Deps } from '../context.ts'

/** How many wait for a worker, and how many run. */
export async function countOpen({ db }: Pick<Deps, 'db'>): Promise<{ queued: number; running: number }> {
  const { waiting, running } = await db
    .selectFrom('queues')
    .select((eb) => [eb.fn.sum('waiting').as('waiting'), eb.fn.sum('running').as('running')])
    .executeTakeFirstOrThrow()
  return { queued: Number(waiting ?? 0), running: Number(running ?? 0) }
}

export const ENDED = ['succeeded', 'failed', 'cancelled'] as const

/** How many ended lately, and how. */
export async function countEnded(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  withinMs: number,
): Promise<Record<(typeof ENDED)[number], number>> {
  // Not grouped by state: SQLite would then read the index of states, all of it.
  const row = await db
    .selectFrom('transcriptions')
    .select((eb) => ENDED.map((state) => eb.fn.countAll().filterWhere('state', '=', state).as(state)))
    .where('finished_at', '>', clock.now() - withinMs)
    .executeTakeFirstOrThrow()
  return { succeeded: Number(row.succeeded), failed: Number(row.failed), cancelled: Number(row.cancelled) }
}

/** Epoch ms since which the transcription waits that waits longest; null: none does. */
export async function waitingSince({ db }: Pick<Deps, 'db'>): Promise<number | null> {
  const { oldest } = await db
    .selectFrom('transcriptions')
    .select((eb) => eb.fn.min('created_at').as('oldest'))
    .where('state', '=', 'queued')
    .where('leader_id', 'is', null)
    .executeTakeFirstOrThrow()
  return oldest === null ? null : Number(oldest)
}

/** For so many seconds; 0: none waits. */
export async function longestWait(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const since = await waitingSince(deps)
  return since === null ? 0 : Math.max(0, deps.clock.now() - since) / 1000
}
