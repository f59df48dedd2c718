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
