import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import type { MediaRow } from '../tables.ts'
import { dropMedia } from './remove.ts'

/** A round of the sweep; the next one goes on. */
const AT_ONCE = 1000

/** When a file will be removed, epoch ms; null: never. */
export const expiryOf = ({ kept_since }: MediaRow, { mediaRetentionMs }: Deps['policy']): number | null =>
  mediaRetentionMs > 0 ? kept_since + mediaRetentionMs : null

/** Removes files whose time has passed, but for those that are still to be read. Their transcripts stay. */
export async function sweepMedia(deps: Pick<Deps, 'db' | 'clock' | 'media' | 'policy'>): Promise<void> {
  const { mediaRetentionMs } = deps.policy
  if (mediaRetentionMs === 0) return
  const expired = await deps.db
    .selectFrom('media as m')
    .select(['m.id', 'm.storage_key', 'm.kept_since'])
    .where('m.kept_since', '<=', deps.clock.now() - mediaRetentionMs)
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
