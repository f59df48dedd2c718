import { rulesOf } from '../archive/retention.ts'
import type { Deps } from '../context.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 1000

/**
 * Removes posts that have ended, with their attempts, and drafts that nobody has changed, after the transcriptions'
 * retention: they have the same text. What is published on a platform stays there.
 */
export async function sweepPosts({
  db,
  clock,
  policy,
}: Pick<Deps, 'db' | 'clock' | 'policy'>): Promise<void> {
  const rules = await rulesOf(db, 'transcript_days', policy.transcriptRetentionMs)
  for (const { keptMs, accountId } of rules) {
    const since = clock.now() - keptMs
    const old = db.selectFrom('posts').select('id').where('ended_at', '<=', since).limit(AT_ONCE)
    const idle = db.selectFrom('post_drafts').select('id').where('updated_at', '<=', since).limit(AT_ONCE)
    const mine = accountId === undefined ? undefined : (['account_id' as const, '=', accountId] as const)
    await db
      .deleteFrom('posts')
      .where('id', 'in', mine ? old.where(...mine) : old)
      .execute()
    await db
      .deleteFrom('post_drafts')
      .where('id', 'in', mine ? idle.where(...mine) : idle)
      .execute()
  }
}
