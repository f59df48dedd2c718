import { create } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import type { EXPORT_FORMATS } from '../contract/native.ts'
import { CONTENT_TYPES as FORMAT_TYPES } from '../domain/transcripts/formats.ts'
import type { HttpDeps } from './context.ts'

/** Not the renderer's own, which takes a while to load. */
const CONTENT_TYPES: Record<ExportFormat, string> = {
  ...FORMAT_TYPES,
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** A stored transcript as a file to keep: never shown in place. @param title what the file is called after */
export async function sendTranscript(
  { texts }: Pick<HttpDeps, 'texts'>,
  reply: FastifyReply,
  stored: string,
  { format, words = true, title }: { format: ExportFormat; words?: boolean; title: string },
): Promise<FastifyReply> {
  const name = title.replace(/\.\w{2,5}$/, '')
  const body =
    format === 'docx' ? await texts.docx(stored, name, words) : await texts.file(stored, format, words)
  return reply
    .type(CONTENT_TYPES[format])
    .header('content-disposition', create(`${name}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(typeof body === 'string' ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}

/** JSON of an object with one more property, which is JSON already. */
export const withJson = (object: object, name: string, json: string): string => {
  const rest = JSON.stringify(object)
  return `${rest.slice(0, -1)}${rest === '{}' ? '' : ','}${JSON.stringify(name)}:${json}}`
}

export const JSON_TYPE = 'application/json; charset=utf-8'

/** `{id}.srt` and the like: what is asked for, and as which file. Undefined: as none. */
export function asFile(param: string, formats: readonly ExportFormat[]): [string, ExportFormat] | undefined {
  const [, id, ending] = /^(.*)\.([a-z]+)$/.exec(param) ?? []
  const format = formats.find((each) => each === ending)
  return id !== undefined && format ? [id, format] : undefined
}
