import type { Deps } from '../context.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 5000

/**
 * Removes finished transcriptions whose time has passed, with their text, their edits and their share links.
 * The ledger keeps what was paid.
 */
export async function sweepTranscriptions({
  db,
  clock,
  policy,
}: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<void> {
  if (policy.transcriptRetentionMs === 0) return
  await db
    .deleteFrom('transcriptions')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('transcriptions')
        .select('id')
        .where('finished_at', '<=', clock.now() - policy.transcriptRetentionMs)
        .where('state', 'in', ['succeeded', 'failed', 'cancelled'])
        .limit(AT_ONCE),
    )
    .execute()
}
