import { sql } from 'kysely'
import type { Retention } from '../../contract/archive.ts'
import { DAY_MS, type Rule, rulesOf } from '../archive/retention.ts'
import type { Deps } from '../context.ts'
import type { MediaRow } from '../tables.ts'
import { dropMedia } from './remove.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 1000

/** When a file will be removed by the server's or its account's rule, epoch ms; null: never. */
export function expiryOf(
  { kept_since }: MediaRow,
  { mediaRetentionMs }: Deps['policy'],
  { mediaDays }: Pick<Retention, 'mediaDays'>,
): number | null {
  const kept = [mediaRetentionMs, (mediaDays ?? 0) * DAY_MS].filter((ms) => ms > 0)
  return kept.length > 0 ? kept_since + Math.min(...kept) : null
}

/** Removes files whose time has passed, but for those that are still to be read. Their transcripts stay. */
export async function sweepMedia(deps: Pick<Deps, 'db' | 'clock' | 'media' | 'policy'>): Promise<void> {
  const rules = await rulesOf(deps.db, 'media_days', deps.policy.mediaRetentionMs)
  for (const rule of rules) await expire(deps, rule)
}

async function expire(
  deps: Pick<Deps, 'db' | 'clock' | 'media'>,
  { keptMs, accountId }: Rule,
): Promise<void> {
  const expired = await deps.db
    .selectFrom('media as m')
    .select(['m.id', 'm.storage_key', 'm.kept_since'])
    .where('m.kept_since', '<=', deps.clock.now() - keptMs)
    .$if(accountId !== undefined, (query) => query.where('m.account_id', '=', accountId ?? ''))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('transcriptions as t')
            .select('t.id')
            .whereRef('t.media_id', '=', 'm.id')
            .where('t.state', 'in', ['queued', 'running']),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('batch_items as i')
            .select('i.idx')
            .whereRef('i.media_id', '=', 'm.id')
            // Word for word as in the index that has only these.
            .where(sql<boolean>`i.state = 'waiting'`),
        ),
      ),
    )
    .limit(AT_ONCE)
    .execute()
  for (const file of expired) await dropMedia(deps, file, file.kept_since)
}
