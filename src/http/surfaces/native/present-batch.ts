import type { BatchItem, BatchReply, PreviewBatchReply } from '../../../contract/batches.ts'
import type { NewItem } from '../../../domain/batches/new-item.ts'
import type { BatchItemState } from '../../../domain/batches/read.ts'
import type { BatchRow } from '../../../domain/batches/tables.ts'
import { tallyOf } from '../../../domain/batches/tally.ts'
import type { Db } from '../../../domain/tables.ts'
import { iso, isoOrNull } from './present.ts'

export async function batchReply(db: Db, row: BatchRow): Promise<BatchReply> {
  const { counts, credits, pct } = await tallyOf(db, row)
  return {
    id: row.id,
    name: row.name,
    // One that is still being stored is shown to nobody.
    state: row.state === 'accepting' ? 'running' : row.state,
    source: row.source_url === null ? null : { url: row.source_url, title: row.source_title },
    subscriptionId: row.subscription_id,
    total: row.total,
    counts,
    pct,
    creditsDebited: credits,
    createdAt: iso(row.created_at),
    finishedAt: isoOrNull(row.finished_at),
  }
}

export function itemReply({ live, ...row }: BatchItemState): BatchItem {
  const state =
    row.state === 'waiting' ? 'queued' : row.state === 'begun' ? (live?.state ?? 'queued') : row.state
  return {
    index: row.idx,
    customId: row.custom_id,
    url: row.url,
    mediaId: row.media_id,
    title: row.title ?? live?.title ?? null,
    state,
    pct: state === 'succeeded' ? 100 : (live?.pct ?? 0),
    transcriptionId: row.transcription_id,
    creditsDebited: row.credits === null ? null : Number(row.credits),
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  }
}

export const previewOf = (
  { url, mediaId, title, seconds }: NewItem,
  lengths: ReadonlyMap<string, number>,
): PreviewBatchReply['items'][number] => ({
  url: url ?? null,
  mediaId: mediaId ?? null,
  title: title ?? null,
  durationSeconds: (mediaId === undefined ? seconds : lengths.get(mediaId)) ?? null,
})
