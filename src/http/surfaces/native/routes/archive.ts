import type { FastifyInstance } from 'fastify'
import {
  type BinReply,
  binBody,
  type ListDeletionsReply,
  listDeletionsQuery,
  type RestoreReply,
  type RetentionReply,
  restoreBody,
  retention,
  type TagReply,
  tagBody,
} from '../../../../contract/archive.ts'
import { binTranscriptions, restoreTranscriptions } from '../../../../domain/archive/bin.ts'
import { type Deletion, listDeletions } from '../../../../domain/archive/list-deletions.ts'
import { readRetention, writeRetention } from '../../../../domain/archive/retention.ts'
import { tagTranscriptions } from '../../../../domain/archive/tags.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { iso } from '../present.ts'

const DAY_MS = 24 * 3_600_000

/** Tags, the bin, receipts for deletions, and the account's retention rules. */
export function archive(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/transcriptions/tags', async ({ ctx, body }): Promise<TagReply> => {
    return { items: await tagTranscriptions(deps, ctx, parse(tagBody, body)) }
  })
  app.post('/transcriptions/bin', async ({ ctx, body }): Promise<BinReply> => {
    return { items: await binTranscriptions(deps, ctx, parse(binBody, body)) }
  })
  app.post('/transcriptions/restore', async ({ ctx, body }): Promise<RestoreReply> => {
    return { items: await restoreTranscriptions(deps, ctx, parse(restoreBody, body).ids) }
  })
  app.get('/deletions', async ({ ctx, query }): Promise<ListDeletionsReply> => {
    const { items, nextCursor } = await listDeletions(deps, ctx, parse(listDeletionsQuery, query))
    return { items: items.map(receipt), nextCursor }
  })

  const rules = async (accountId: string): Promise<RetentionReply> => ({
    ...(await readRetention(deps.db, accountId)),
    server: {
      transcriptDays: deps.policy.transcriptRetentionMs / DAY_MS,
      mediaDays: deps.policy.mediaRetentionMs / DAY_MS,
      binDays: deps.policy.binMs / DAY_MS,
    },
  })
  app.get('/retention', ({ ctx }) => rules(ctx.accountId))
  app.put('/retention', async ({ ctx, body }) => {
    await writeRetention(deps, ctx, parse(retention, body))
    return rules(ctx.accountId)
  })
}

const receipt = (row: Deletion): ListDeletionsReply['items'][number] => ({
  id: row.id,
  title: row.title,
  source: row.source,
  durationSeconds: row.duration_ms === null ? null : row.duration_ms / 1000,
  createdAt: iso(row.created_at),
  deletedAt: iso(row.deleted_at),
  deletedBy: row.by,
  reason: row.reason,
  mediaDeleted: row.media_deleted === 1,
})
