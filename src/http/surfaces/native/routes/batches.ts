import type { FastifyInstance, FastifyRequest } from 'fastify'
import { MOST_LISTED } from '../../../../contract/batch-limits.ts'
import {
  type BatchReply,
  type DeleteBatchReply,
  type ListBatchesReply,
  type ListBatchItemsReply,
  listBatchesQuery,
  listBatchItemsQuery,
  type PreviewBatchReply,
} from '../../../../contract/batches.ts'
import { costOf } from '../../../../domain/batches/cost.ts'
import { createBatch } from '../../../../domain/batches/create.ts'
import { deleteBatch } from '../../../../domain/batches/delete.ts'
import { getBatch, listBatches, listItems } from '../../../../domain/batches/read.ts'
import type { BatchRow } from '../../../../domain/batches/tables.ts'
import { balanceOf } from '../../../../domain/credits/balance.ts'
import { unknownCursor } from '../../../../domain/cursor.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { asFile } from '../../../send-transcript.ts'
import type { NativeOptions } from '../options.ts'
import { batchReply, itemReply, previewOf } from '../present-batch.ts'
import { readBatch } from '../read-batch.ts'
import { sendResults } from './batch-results.ts'

/** Ten thousand links of usual length, with titles and wishes. */
const BODY_LIMIT = 16 * 1024 * 1024

interface ById {
  Params: { id: string }
}

/** `/v1/batches`: many transcriptions at once. */
export function batches(app: FastifyInstance, deps: HttpDeps, { surface, streams }: NativeOptions): void {
  async function begin({ ctx, body, gone }: FastifyRequest): Promise<BatchRow> {
    const { more: _, ...asked } = await readBatch(deps, body, gone)
    return createBatch(deps, ctx, { surface, ...asked })
  }

  app.post('/batches', { bodyLimit: BODY_LIMIT, preHandler: idempotent(deps) }, (request, reply) =>
    executeOnce(deps, request, reply, async (made): Promise<BatchReply> => {
      const row = made === null ? await begin(request) : await getBatch(deps, request.ctx, made)
      reply.code(202).header('location', `${app.prefix}/batches/${row.id}`)
      return batchReply(deps.db, row)
    }),
  )

  app.post('/batches/preview', { bodyLimit: BODY_LIMIT }, async ({ ctx, body, gone }) => {
    const asked = await readBatch(deps, body, gone)
    const { lengths, ...cost } = await costOf(deps, ctx.accountId, asked.items)
    const { available } = await balanceOf(deps.db, ctx.accountId)
    const shown = asked.items.slice(0, MOST_LISTED).map((item) => previewOf(item, lengths))
    return {
      source: asked.source ?? null,
      total: asked.items.length,
      more: asked.more,
      items: shown,
      credits: { ...cost, available },
    } satisfies PreviewBatchReply
  })

  app.get('/batches', async ({ ctx, query }): Promise<ListBatchesReply> => {
    const { items, nextCursor } = await listBatches(deps, ctx, parse(listBatchesQuery, query))
    return { items: await Promise.all(items.map((row) => batchReply(deps.db, row))), nextCursor }
  })

  app.get<ById>('/batches/:id', async (request, reply) => {
    const { ctx, params } = request
    const [id, kind] = asFile(params.id, ['jsonl', 'zip']) ?? [params.id]
    const row = await getBatch(deps, ctx, id)
    if (kind) return sendResults({ ...deps, streams }, request, reply, row, kind)
    return batchReply(deps.db, row)
  })

  app.get<ById>('/batches/:id/items', async ({ ctx, params, query }): Promise<ListBatchItemsReply> => {
    const { cursor, limit, state } = parse(listBatchItemsQuery, query)
    const batch = await getBatch(deps, ctx, params.id)
    const rows = await listItems(deps, batch, { after: indexIn(cursor), limit: limit + 1, state })
    const page = rows.slice(0, limit)
    return {
      items: page.map(itemReply),
      nextCursor: rows.length > limit ? String(page.at(-1)?.idx) : null,
    }
  })

  app.delete<ById>('/batches/:id', async ({ ctx, params: { id } }): Promise<DeleteBatchReply> => {
    return { id, outcome: await deleteBatch(deps, ctx, id) }
  })
}

function indexIn(cursor: string | undefined): number {
  if (cursor === undefined) return -1
  if (/^\d{1,6}$/.test(cursor)) return Number(cursor)
  throw unknownCursor()
}
