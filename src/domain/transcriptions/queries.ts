import type { Deps } from '../context.ts'
import type { TranscriptionState } from '../tables.ts'

/** How many transcriptions are in each state, over all accounts. */
export async function countByState({
  db,
}: Pick<Deps, 'db'>): Promise<{ state: TranscriptionState; count: number }[]> {
  const rows = await db
    .selectFrom('transcriptions')
    .select((eb) => ['state', eb.fn.countAll().as('count')])
    .groupBy('state')
    .execute()
  return rows.map(({ state, count }) => ({ state, count: Number(count) }))
}

/** Seconds for which the transcription that waits longest has waited; 0: none waits. */
export async function longestWait({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const { oldest } = await db
    .selectFrom('transcriptions')
    .select((eb) => eb.fn.min('created_at').as('oldest'))
    .where('state', '=', 'queued')
    .where('leader_id', 'is', null)
    .executeTakeFirstOrThrow()
  return oldest === null ? 0 : Math.max(0, clock.now() - Number(oldest)) / 1000
}
