/** Deletes transcriptions for good, with their texts, edits, comments, share links and drafts, and leaves a receipt for each. */
import { sql } from 'kysely'
import type { Deps } from '../context.ts'
import { dropMedia } from '../media/remove.ts'
import type { Db } from '../tables.ts'
import { sourceColumn } from '../transcriptions/list.ts'
import { ENDED } from '../transcriptions/queries.ts'
import { dropVideos } from '../videos/remove.ts'
import type { DeletionReason } from './tables.ts'

interface Why {
  reason: DeletionReason
  /** Null: whoever put it into the bin; if nobody did, a retention rule. */
  by: string | null
}

/**
 * Deletes transcriptions that have ended, and the recordings that were put into the bin with them. Recordings go first:
 * if the process crashes in between, the next round finds the transcription again. The ledger keeps its entries.
 */
export async function purge(
  deps: Pick<Deps, 'db' | 'clock' | 'media'>,
  ids: readonly string[],
  { reason, by }: Why,
): Promise<void> {
  if (ids.length === 0) return
  await dropVideos(deps, ids)
  await dropRecordings(deps, ids)
  await deps.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('deletions')
      .columns([
        'transcription_id',
        'account_id',
        'title',
        'source',
        'duration_ms',
        'created_at',
        'deleted_at',
        'deleted_by',
        'reason',
        'media_deleted',
      ])
      .expression((eb) =>
        eb
          .selectFrom('transcriptions as t')
          .select(['t.id', 't.account_id', 't.title', sourceColumn.as('source'), 't.duration_ms'])
          .select('t.created_at')
          .select([
            sql<number>`cast(${deps.clock.now()} as bigint)`.as('deleted_at'),
            sql<string | null>`coalesce(cast(${by} as text), t.binned_by)`.as('deleted_by'),
            sql<DeletionReason>`cast(${reason} as text)`.as('reason'),
            't.binned_media',
          ])
          .where('t.id', 'in', ids)
          .where('t.state', 'in', ENDED),
      )
      // Another machine has just deleted it.
      .onConflict((c) => c.column('transcription_id').doNothing())
      .execute()
    // A draft has the text. Posts that wait are kept: they were ordered, and go when they have ended.
    await tx.deleteFrom('post_drafts').where('transcription_id', 'in', ids).execute()
    await tx.deleteFrom('transcriptions').where('id', 'in', ids).where('state', 'in', ENDED).execute()
  })
}

/** Recordings that no transcription outside the bin uses. */
async function dropRecordings(deps: Pick<Deps, 'db' | 'media'>, ids: readonly string[]): Promise<void> {
  const recordings = await deps.db
    .selectFrom('media as m')
    .select(['m.id', 'm.storage_key'])
    .where('m.id', 'in', (eb) =>
      eb
        .selectFrom('transcriptions as t')
        .select('t.media_id')
        .where('t.id', 'in', ids)
        .where('t.binned_media', '=', 1)
        .where('t.media_id', 'is not', null)
        .$castTo<{ media_id: string }>(),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('transcriptions as other')
            .select('other.id')
            .whereRef('other.media_id', '=', 'm.id')
            .where('other.id', 'not in', ids)
            .where('other.binned_at', 'is', null),
        ),
      ),
    )
    .execute()
  for (const recording of recordings) await dropMedia(deps, recording)
}

/** How long receipts are kept. */
const RECEIPT_MS = 365 * 24 * 3_600_000

export async function sweepReceipts({ db, clock }: { db: Db; clock: Deps['clock'] }): Promise<void> {
  await db
    .deleteFrom('deletions')
    .where('deleted_at', '<=', clock.now() - RECEIPT_MS)
    .execute()
}
