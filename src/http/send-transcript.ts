import { create } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import type { EXPORT_FORMATS } from '../contract/native.ts'
import { CONTENT_TYPES, render } from '../domain/transcripts/formats.ts'
import type { Transcript } from '../ports/transcript.ts'

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** A transcript as a file to keep: never shown in place. @param title what the file is called after */
export async function sendTranscript(
  reply: FastifyReply,
  transcript: Transcript,
  { format, title }: { format: ExportFormat; title: string },
): Promise<FastifyReply> {
  const name = title.replace(/\.\w{2,5}$/, '')
  const { type, body } = await file(transcript, format, name)
  return reply
    .type(type)
    .header('content-disposition', create(`${name}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(body)
}

async function file(
  transcript: Transcript,
  format: ExportFormat,
  title: string,
): Promise<{ type: string; body: string | Buffer }> {
  if (format !== 'docx') return { type: CONTENT_TYPES[format], body: render(transcript, format) }
  // It takes a while to load, and few ask for it.
  const { DOCX_TYPE, renderDocx } = await import('../domain/transcripts/docx.ts')
  return { type: DOCX_TYPE, body: await renderDocx(transcript, title) }
}

/** `{id}.srt` and the like: what is asked for, and as which file. Undefined: as none. */
export function asFile(param: string, formats: readonly ExportFormat[]): [string, ExportFormat] | undefined {
  const [, id, ending] = /^(.*)\.([a-z]+)$/.exec(param) ?? []
  const format = formats.find((each) => each === ending)
  return id !== undefined && format ? [id, format] : undefined
}
