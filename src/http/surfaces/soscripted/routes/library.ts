import type { FastifyInstance } from 'fastify'
import { type LibraryReply, libraryItemQuery, libraryQuery } from '../../../../contract/soscripted.ts'
import type { Ctx } from '../../../../domain/context.ts'
import { DomainError } from '../../../../domain/errors.ts'
import type { TranscriptionRow } from '../../../../domain/tables.ts'
import { deleteTranscription } from '../../../../domain/transcriptions/delete.ts'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { listTranscriptions } from '../../../../domain/transcriptions/list.ts'
import { readStored, type Stored } from '../../../../domain/transcriptions/transcript.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
import { JSON_TYPE, sendTranscript, withJson } from '../../../send-transcript.ts'
import { entry, item } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/api/public/library`: the account's finished transcripts, whichever way they were asked for. */
export function library(app: FastifyInstance, deps: HttpDeps): void {
  app.get('/library', async (request): Promise<LibraryReply> => {
    const query = { ...parse(libraryQuery, request.query), state: 'succeeded' as const }
    const { items, nextCursor } = await listTranscriptions(deps, request.ctx, query)
    return { ok: true, items: items.map(({ row, found }) => ({ ...entry(row), ...found })), nextCursor }
  })

  app.get<ById>('/library/:id', async (request, reply) => {
    const { format } = parse(libraryItemQuery, request.query)
    const { row, version, stored } = await find(deps, request.ctx, request.params.id)
    if (format) return sendTranscript(deps, reply, stored, { format, title: row.title ?? row.id })
    const caption = await deps.texts.caption(stored)
    return reply.type(JSON_TYPE).send(withJson(item({ ...row, version }), 'caption', caption))
  })

  app.delete<ById>('/library/:id', async (request) => {
    const { row } = await find(deps, request.ctx, request.params.id)
    await deleteTranscription(deps, request.ctx, row.id)
    return { ok: true }
  })
}

/** Transcriptions without a text or in the bin are not in the library. @throws DomainError `resource.not_found` */
async function find(
  deps: HttpDeps,
  { accountId }: Ctx,
  id: string,
): Promise<Stored & { row: TranscriptionRow }> {
  const row = await getTranscription(deps, accountId, id)
  const found =
    row.state === 'succeeded' && row.binned_at === null ? await readStored(deps.db, row) : undefined
  if (!found) throw new DomainError('resource.not_found', `There is no transcript ${id} in your library.`)
  return { row, ...found }
}
