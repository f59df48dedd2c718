import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ExportOptions } from '../../../../contract/formats.ts'
import { getTranscription, noText } from '../../../../domain/transcriptions/get.ts'
import { readStored } from '../../../../domain/transcriptions/transcript.ts'
import type { HttpDeps } from '../../../context.ts'
import { type ExportFormat, sendTranscript } from '../../../send-transcript.ts'

export interface Export {
  id: string
  format: ExportFormat
  original: boolean
  words: boolean
  options: ExportOptions
}

/** `GET /v1/transcriptions/{id}.{format}`: the transcript as a file. */
export async function sendExport(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, format, original, words, options }: Export,
): Promise<FastifyReply> {
  const row = await getTranscription(deps, request.ctx.accountId, id)
  const found = await readStored(deps.db, row, { original })
  if (!found) throw noText(row)
  return sendTranscript(deps, reply, found.stored, { format, words, options, title: row.title ?? id })
}
