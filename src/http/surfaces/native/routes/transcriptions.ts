import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { flag } from '../../../../contract/flag.ts'
import { exportOptions } from '../../../../contract/formats.ts'
import {
  createTranscriptionBody,
  type DeleteTranscriptionReply,
  type DeleteTranscriptionsReply,
  deleteTranscriptionsBody,
  EXPORT_FORMATS,
  facetsReply,
  type ListTranscriptionsReply,
  listTranscriptionsQuery,
  type TranscriptionReply,
} from '../../../../contract/native.ts'
import type { TranscriptionRow } from '../../../../domain/tables.ts'
import { createTranscription } from '../../../../domain/transcriptions/create.ts'
import { deleteTranscription, deleteTranscriptions } from '../../../../domain/transcriptions/delete.ts'
import { editTranscription } from '../../../../domain/transcriptions/edit.ts'
import { transcriptionFacets } from '../../../../domain/transcriptions/facets.ts'
import { readForecast } from '../../../../domain/transcriptions/forecast/read.ts'
import type { Outlook } from '../../../../domain/transcriptions/forecast/rules.ts'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { listTranscriptions } from '../../../../domain/transcriptions/list.ts'
import { readStored } from '../../../../domain/transcriptions/transcript.ts'
import { hasEnded } from '../../../../domain/transcriptions/watch.ts'
import { requireAble } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { idempotent, settled } from '../../../plugins/idempotency.ts'
import { asFile, JSON_TYPE, NULL, withJson } from '../../../send-transcript.ts'
import type { NativeOptions } from '../options.ts'
import { soundReply, summary } from '../present.ts'
import { sendExport } from './export.ts'

/** An edited transcript of many hours, with its words: read elsewhere. */
export const LONG_BODY = { bodyLimit: 24 * 1024 * 1024, config: { unparsed: true } } as const
export interface LongBody {
  Body: string | undefined
}

const getQuery = z.strictObject({ original: flag.default(false), words: flag.default(true) })

const fileQuery = getQuery.extend(exportOptions.shape)

interface ById {
  Params: { id: string }
}

/** `/v1/transcriptions`: make, list, search, read, export, edit, cancel, remove. */
export function transcriptions(app: FastifyInstance, deps: HttpDeps, { surface }: NativeOptions): void {
  app.post('/transcriptions', { preHandler: idempotent(deps) }, async (request, reply) => {
    const { mediaId, url, title, ...asked } = parse(createTranscriptionBody, request.body)
    // Captions may be in any language.
    const spoken = mediaId !== undefined || asked.mode === 'speech'
    const { model } = await requireAble(deps, spoken ? asked : { ...asked, language: undefined })
    const wanted = { surface, mediaId, url, title, wishes: { ...asked, model } }
    const { id } = await createTranscription(deps, request.ctx, wanted, request.gone)
    return (
      reply
        .code(202)
        .header('location', `${app.prefix}/transcriptions/${id}`)
        .type(JSON_TYPE)
        // As text: that is what can be stored under its key.
        .send(settled(request, (await readJson(deps, request, id)).toString()))
    )
  })

  app.get('/transcriptions', async (request): Promise<ListTranscriptionsReply> => {
    const { createdAfter, createdBefore, ...query } = parse(listTranscriptionsQuery, request.query)
    const { items, nextCursor } = await listTranscriptions(deps, request.ctx, {
      ...query,
      ...(createdAfter && { createdAfter: Date.parse(createdAfter) }),
      ...(createdBefore && { createdBefore: Date.parse(createdBefore) }),
    })
    const outlooks = await outlooksOf(
      deps,
      request,
      items.map(({ row }) => row),
    )
    return {
      items: items.map(({ row, found }) => ({ ...summary(row, outlooks?.get(row.id)), ...found })),
      nextCursor,
    }
  })

  app.get('/transcriptions/facets', async ({ ctx }) =>
    facetsReply.parse(await transcriptionFacets(deps, ctx)),
  )

  app.post('/transcriptions/delete', async ({ ctx, body }): Promise<DeleteTranscriptionsReply> => {
    const { ids } = parse(deleteTranscriptionsBody, body)
    return { items: await deleteTranscriptions(deps, ctx, ids) }
  })

  app.get<ById>('/transcriptions/:id', async (request, reply) => {
    const file = asFile(request.params.id, EXPORT_FORMATS)
    if (file) {
      const { original, words, ...options } = parse(fileQuery, request.query)
      return sendExport(deps, request, reply, { id: file[0], format: file[1], original, words, options })
    }
    const query = parse(getQuery, request.query)
    return reply.type(JSON_TYPE).send(await readJson(deps, request, request.params.id, query))
  })

  app.patch<ById & LongBody>('/transcriptions/:id', LONG_BODY, async (request, reply) => {
    const wanted = await deps.texts.readEdit(request.body ?? '')
    await editTranscription(deps, request.ctx, request.params.id, wanted)
    return reply.type(JSON_TYPE).send(await readJson(deps, request, request.params.id))
  })

  app.delete<ById>('/transcriptions/:id', async (request): Promise<DeleteTranscriptionReply> => {
    const { id } = request.params
    return { id, outcome: await deleteTranscription(deps, request.ctx, id) }
  })
}

/** Only where something is open: what has ended is read far more often. */
async function outlooksOf(
  deps: HttpDeps,
  { ctx }: Pick<FastifyRequest, 'ctx'>,
  rows: readonly Pick<TranscriptionRow, 'state'>[],
): Promise<ReadonlyMap<string, Outlook> | undefined> {
  if (rows.every(({ state }) => hasEnded(state))) return undefined
  return (await readForecast(deps, ctx.accountId)).outlooks
}

/** As JSON. */
async function readJson(
  deps: HttpDeps,
  { ctx }: FastifyRequest,
  id: string,
  { original, words }: z.output<typeof getQuery> = { original: false, words: true },
): Promise<Buffer> {
  const row = await getTranscription(deps, ctx.accountId, id)
  const found = await readStored(deps.db, row, { original })
  const outlooks = await outlooksOf(deps, { ctx }, [row])
  const facts: Omit<TranscriptionReply, 'transcript'> = {
    ...summary({ ...row, version: found?.version ?? 0 }, outlooks?.get(id)),
    ...soundReply(row),
  }
  return withJson(facts, 'transcript', found ? await deps.texts.reply(found.stored, words) : NULL)
}
