import { create } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EXPORT_FORMATS } from '../../../../contract/native.ts'
import { DomainError } from '../../../../domain/errors.ts'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { readTranscript } from '../../../../domain/transcriptions/transcript.ts'
import { CONTENT_TYPES, render } from '../../../../domain/transcripts/formats.ts'
import type { Transcript } from '../../../../ports/transcript.ts'
import type { HttpDeps } from '../../../context.ts'
import { transcript } from '../present.ts'

export interface Export {
  id: string
  format: (typeof EXPORT_FORMATS)[number]
  original: boolean
  words: boolean
}

/** `GET /v1/transcriptions/{id}.txt|srt|vtt|json|docx`: the transcript as a file. */
export async function sendExport(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, format, original, words }: Export,
): Promise<FastifyReply> {
  const row = await getTranscription(deps, request.ctx.accountId, id)
  const found = await readTranscript(deps.db, row, { original })
  if (!found)
    throw new DomainError(
      'transcription.no_text',
      `The transcription ${id} is ${row.state}: it has no text.`,
      {
        state: row.state,
      },
    )
  const name = (row.title ?? id).replace(/\.\w{2,5}$/, '')
  const { type, body } = await file(transcript(found.transcript, words), format, name)
  return reply
    .type(type)
    .header('content-disposition', create(`${name}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(body)
}

async function file(
  transcript: Transcript,
  format: Export['format'],
  title: string,
): Promise<{ type: string; body: string | Buffer }> {
  if (format !== 'docx') return { type: CONTENT_TYPES[format], body: render(transcript, format) }
  // It takes a while to load, and few ask for it.
  const { DOCX_TYPE, renderDocx } = await import('../../../../domain/transcripts/docx.ts')
  return { type: DOCX_TYPE, body: await renderDocx(transcript, title) }
}
