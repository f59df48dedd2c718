import { create } from 'content-disposition'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { DomainError } from '../../../../domain/errors.ts'
import { getTranscription } from '../../../../domain/transcriptions/get.ts'
import { readTranscript } from '../../../../domain/transcriptions/transcript.ts'
import { CONTENT_TYPES, type Format, render } from '../../../../domain/transcripts/formats.ts'
import type { HttpDeps } from '../../../context.ts'
import { transcript } from '../present.ts'

/** `GET /v1/transcriptions/{id}.txt|srt|vtt|json`: the transcript as a file. */
export async function sendExport(
  deps: HttpDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, format, original, words }: { id: string; format: Format; original: boolean; words: boolean },
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
  return reply
    .type(CONTENT_TYPES[format])
    .header('content-disposition', create(`${name}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(render(transcript(found.transcript, words), format))
}
