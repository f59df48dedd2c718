import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import { rulesOf } from '../archive/retention.ts'
import type { Deps } from '../context.ts'
import type { Tables } from '../tables.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 20
/** Whoever was storing its items is dead, and nobody was told of it. */
const ABANDONED_MS = 3_600_000

type SweepDeps = Pick<Deps, 'db' | 'clock' | 'policy'>
type Is = ExpressionBuilder<Tables, 'batches'>

/** Removes batches that were never accepted, and finished ones with the transcriptions' retention. */
export async function sweepBatches(deps: SweepDeps): Promise<void> {
  const now = deps.clock.now()
  await remove(deps, (is) =>
    is.and([is('state', '=', 'accepting'), is('created_at', '<=', now - ABANDONED_MS)]),
  )
  const rules = await rulesOf(deps.db, 'transcript_days', deps.policy.transcriptRetentionMs)
  for (const { keptMs, accountId } of rules)
    await remove(deps, (is) =>
      is.and([
        is('finished_at', '<=', now - keptMs),
        ...(accountId === undefined ? [] : [is('account_id', '=', accountId)]),
      ]),
    )
}

async function remove(
  { db }: SweepDeps,
  which: (is: Is) => ExpressionWrapper<Tables, 'batches', SqlBool>,
): Promise<void> {
  await db
    .deleteFrom('batches')
    .where('id', 'in', (eb) => eb.selectFrom('batches').select('id').where(which).limit(AT_ONCE))
    .execute()
}
