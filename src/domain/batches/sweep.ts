import type { Deps } from '../context.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 20
/** Whoever was storing its items is dead, and nobody was told of it. */
const ABANDONED_MS = 3_600_000

/** Removes batches that were never accepted, and finished ones with the transcriptions' retention. */
export async function sweepBatches({
  db,
  clock,
  policy,
}: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<void> {
  const now = clock.now()
  const { transcriptRetentionMs: kept } = policy
  await db
    .deleteFrom('batches')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('batches')
        .select('id')
        .where((is) =>
          is.or([
            is.and([is('state', '=', 'accepting'), is('created_at', '<=', now - ABANDONED_MS)]),
            ...(kept > 0 ? [is('finished_at', '<=', now - kept)] : []),
          ]),
        )
        .limit(AT_ONCE),
    )
    .execute()
}
