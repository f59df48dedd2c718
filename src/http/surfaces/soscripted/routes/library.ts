import { create } from 'content-disposition'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type LibraryReply, libraryItemQuery, libraryQuery } from '../../../../contract/soscripted.ts'
import type { Ctx } from '../../../../domain/context.ts'
import { DomainError } from '../../../../domain/errors.ts'
import type { TranscriptionRow } from '../../../../domain/tables.ts'
import { deleteTranscription } from '../../../../domain/transcriptions/delete.ts'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { listTranscriptions } from '../../../../domain/transcriptions/list.ts'
import { readTranscript, type Versioned } from '../../../../domain/transcriptions/transcript.ts'
import { CONTENT_TYPES, type Format, render } from '../../../../domain/transcripts/formats.ts'
import type { Transcript } from '../../../../ports/transcript.ts'
import type { HttpDeps } from '../../../context.ts'
import { parse } from '../../../parse.ts'
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
    const { row, version, transcript } = await find(deps, request.ctx, request.params.id)
    return format ? sendFile(reply, row, transcript, format) : item({ ...row, version }, transcript)
  })

  app.delete<ById>('/library/:id', async (request) => {
    const { row } = await find(deps, request.ctx, request.params.id)
    await deleteTranscription(deps, request.ctx, row.id)
    return { ok: true }
  })
}

/** What has no text is not in the library. @throws DomainError `resource.not_found` */
async function find(
  deps: HttpDeps,
  { accountId }: Ctx,
  id: string,
): Promise<Versioned & { row: TranscriptionRow }> {
  const row = await getTranscription(deps, accountId, id)
  const found = row.state === 'succeeded' ? await readTranscript(deps.db, row) : undefined
  if (!found) throw new DomainError('resource.not_found', `There is no transcript ${id} in your library.`)
  return { row, ...found }
}

function sendFile(
  reply: FastifyReply,
  { id, title }: TranscriptionRow,
  transcript: Transcript,
  format: Format,
): FastifyReply {
  const name = (title ?? id).replace(/\.\w{2,5}$/, '')
  return reply
    .type(CONTENT_TYPES[format])
    .header('content-disposition', create(`${name}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(render(transcript, format))
}
