import { create } from 'content-disposition'
import type { FastifyReply } from 'fastify'
import type { EXPORT_FORMATS, ExportOptions } from '../contract/formats.ts'
import { CONTENT_TYPES as FORMAT_TYPES } from '../domain/transcripts/formats.ts'
import type { HttpDeps } from './context.ts'

/** Not the renderer's own, which takes a while to load. */
const CONTENT_TYPES: Record<ExportFormat, string> = {
  ...FORMAT_TYPES,
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
}

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

interface WantedFile {
  format: ExportFormat
  words?: boolean
  /** What the file is called after. */
  title: string
  options?: ExportOptions
}

/** A stored transcript as a file to keep: never shown in place. */
export async function sendTranscript(
  { texts }: Pick<HttpDeps, 'texts'>,
  reply: FastifyReply,
  stored: string,
  file: WantedFile,
): Promise<FastifyReply> {
  const { format, title } = file
  const body = await fileOf({ texts }, stored, file)
  return reply
    .type(CONTENT_TYPES[format])
    .header('content-disposition', create(`${fileName(title)}.${format}`))
    .header('x-content-type-options', 'nosniff')
    .send(asBuffer(body))
}

/** The same file by itself. */
export const fileOf = async (
  { texts }: Pick<HttpDeps, 'texts'>,
  stored: string,
  { format, words = true, title, options = {} }: WantedFile,
): Promise<Uint8Array> =>
  format === 'docx'
    ? texts.docx(stored, baseName(title), words, options)
    : texts.file(stored, format, words, { ...options, title: baseName(title) })

/** Of a file that was uploaded, without its ending. */
export const baseName = (title: string): string => title.replace(/\.\w{2,5}$/, '')

/** The same without what would be a folder to a careless client. */
export const fileName = (title: string): string => baseName(title).replaceAll(/[/\\]/g, '_')

/** JSON of an object with one more property, which is JSON already. */
export function withJson(object: object, name: string, json: Uint8Array): Buffer {
  const rest = JSON.stringify(object)
  const before = `${rest.slice(0, -1)}${rest === '{}' ? '' : ','}${JSON.stringify(name)}:`
  return Buffer.concat([Buffer.from(before), json, Buffer.from('}')])
}

export const NULL = Buffer.from('null')

export const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)

export const JSON_TYPE = 'application/json; charset=utf-8'

/** `{id}.srt` and the like: what is asked for, and as which file. Undefined: as none. */
export function asFile<F extends string>(param: string, formats: readonly F[]): [string, F] | undefined {
  const [, id, ending] = /^(.*)\.([a-z]+)$/.exec(param) ?? []
  const format = formats.find((each) => each === ending)
  return id !== undefined && format ? [id, format] : undefined
}
