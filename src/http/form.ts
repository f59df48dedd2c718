/**
 * Forms as they arrive (`multipart/form-data`): one file, handed on while it comes, and a few short fields.
 * What is too large, cut off or malformed ends the reading at once; nothing is cut silently.
 */
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../domain/errors.ts'
import { isStorable } from '../domain/storable.ts'

export type FormField = [name: string, value: string]

export interface FormLimits {
  /** Bytes of the file. */
  file: number
  /** The field that it comes in; `file` where nothing is said. */
  fileField?: string
  /** How many fields, bytes of each, and of all together with their names. */
  fields: number
  field: number
  allFields: number
  /** Fields that may be longer: which, bytes of each, and of all of them together. */
  long?: { is(name: string): boolean; field: number; all: number }
}

/** What becomes of the file. */
export interface FormTaker<T> {
  take(file: { filename: string; body: Readable }): Promise<T>
  /** The form turned out to be wrong after its file was taken. */
  drop(taken: T): Promise<void>
}

const FILE = 'file'

/** Boundaries, headers of the parts, and what clients put before and after them. */
const FRAME_BYTES = 64 * 1024
const HEADERS = { headerPairs: 16, headerSize: 8 * 1024 }

/** Fastify leaves the body of a form alone: the route reads it with `readForm`. */
export function takeForms(app: FastifyInstance): void {
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null))
}

export const isForm = ({ headers }: FastifyRequest): boolean =>
  (headers['content-type'] ?? '').toLowerCase().startsWith('multipart/form-data')

/**
 * Reads the request's form to its end, with its one file.
 * @throws DomainError `request.invalid`, `request.too_large`, `media.too_large`, and whatever `take` throws
 */
export async function readForm<T>(
  { raw }: FastifyRequest,
  limits: FormLimits,
  taker: FormTaker<T>,
): Promise<{ fields: FormField[]; file: T | undefined }> {
  const most = limits.file + limits.allFields + (limits.long?.all ?? 0) + FRAME_BYTES
  if (Number(raw.headers['content-length'] ?? 0) > most) throw fileTooLarge(limits)
  const parser = parserOf(raw, limits)
  const end = outcome()
  const fields = collectFields(parser, limits, end.fail)
  const file = collectFile(parser, limits, taker, end.fail)
  feed(raw, parser, { most, limits }, end)
  try {
    await end.reached
    return { fields, file: await file.taken() }
  } catch (cause) {
    raw.unpipe(parser)
    await file.giveUp(cause)
    throw cause
  }
}

type Fail = (cause: unknown) => void

/** A form's end, or its first fault. */
function outcome(): { reached: Promise<void>; reach(): void; fail: Fail } {
  let reach = (): void => {}
  let fail: Fail = () => {}
  const reached = new Promise<void>((resolve, reject) => {
    reach = resolve
    fail = reject
  })
  return { reached, reach, fail }
}

function parserOf(
  raw: IncomingMessage,
  { file, fileField = FILE, fields, field, long }: FormLimits,
): BusboyInstance {
  try {
    return new Busboy({
      headers: raw.headers as BusboyHeaders,
      limits: {
        ...HEADERS,
        fileSize: file,
        fieldSize: long?.field ?? field,
        fields,
        files: 1,
        parts: fields + 2,
      },
      // Some clients send no name, or no type, with their file.
      isPartAFile: (name, type, filename) =>
        name === fileField || filename !== undefined || type === 'application/octet-stream',
    })
  } catch (cause) {
    throw malformed('The header “Content-Type” must name the form’s boundary.', { cause })
  }
}

function collectFields(parser: BusboyInstance, limits: FormLimits, fail: Fail): FormField[] {
  const fields: FormField[] = []
  const together = { short: 0, long: 0 }
  parser.on('field', (name, value, nameCut, valueCut) => {
    const { long } = limits
    const kind = long?.is(name ?? '') ? 'long' : 'short'
    const { field, all } = (kind === 'long' && long) || { field: limits.field, all: limits.allFields }
    const bytes = Buffer.byteLength(value)
    together[kind] += Buffer.byteLength(name ?? '') + bytes
    if (nameCut || valueCut || bytes > field) fail(fieldsTooLarge(`A field has at most ${field} bytes.`))
    else if (together[kind] > all)
      fail(fieldsTooLarge(`The fields of a form have at most ${all} bytes together.`))
    else if (!isStorable(`${name}${value}`)) fail(unstorable(name))
    else fields.push([name ?? '', value])
  })
  for (const event of ['partsLimit', 'fieldsLimit'] as const)
    parser.on(event, () => fail(fieldsTooLarge(`A form has at most ${limits.fields} fields.`)))
  return fields
}

function collectFile<T>(
  parser: BusboyInstance,
  limits: FormLimits,
  { take, drop }: FormTaker<T>,
  fail: Fail,
) {
  let body: Readable | undefined
  let taking: Promise<T> | undefined
  parser.on('file', (name, stream, filename) => {
    body = stream
    stream.on('limit', () => fail(fileTooLarge(limits)))
    stream.on('error', (cause: unknown) => fail(fault(cause)))
    if (name !== (limits.fileField ?? FILE)) return fail(wrongField(limits, name))
    taking = take({ filename: filename ?? '', body: stream })
    taking.catch(fail)
  })
  parser.on('filesLimit', () => fail(oneFile(limits)))
  return {
    taken: async (): Promise<T | undefined> => taking,
    /** What was taken is dropped; what is being taken breaks off. */
    async giveUp(cause: unknown): Promise<void> {
      body?.destroy(cause instanceof Error ? cause : new Error('the form was refused'))
      const taken = await taking?.catch(() => undefined)
      if (taken !== undefined) await drop(taken)
    },
  }
}

function feed(
  raw: IncomingMessage,
  parser: BusboyInstance,
  { most, limits }: { most: number; limits: FormLimits },
  { reach, fail }: { reach(): void; fail: Fail },
): void {
  let bytes = 0
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > most) fail(fileTooLarge(limits))
  })
  raw.once('close', () => {
    if (!raw.complete) fail(malformed('The form breaks off.'))
  })
  parser.on('error', (cause: unknown) => fail(fault(cause)))
  parser.once('finish', reach)
  raw.pipe(parser)
}

/** The parser's own words are for programmers. */
const fault = (cause: unknown): unknown =>
  cause instanceof Error && /multipart|malformed|header|boundary/i.test(cause.message)
    ? malformed('The form cannot be read: it breaks off, or its parts are malformed.', { cause })
    : cause

const malformed = (message: string, options?: ErrorOptions): DomainError =>
  new DomainError('request.invalid', message, { field: 'body', reason: 'malformed' }, options)

const wrongField = ({ fileField = FILE }: FormLimits, name: string | undefined): DomainError =>
  new DomainError(
    'request.invalid',
    `The file belongs into the field “${fileField}”, not into “${(name ?? '').slice(0, 100)}”.`,
    { field: fileField, reason: 'required' },
  )

const oneFile = ({ fileField = FILE }: FormLimits): DomainError =>
  new DomainError('request.invalid', 'A form brings one file: send the others with requests of their own.', {
    field: fileField,
    reason: 'too_many',
  })

const unstorable = (name: string | undefined): DomainError =>
  new DomainError('request.invalid', 'A field has a character that cannot be stored, such as U+0000.', {
    field: (name ?? '').replaceAll('\0', '').slice(0, 100),
    reason: 'invalid',
  })

const fieldsTooLarge = (message: string): DomainError => new DomainError('request.too_large', message)

const fileTooLarge = ({ file }: FormLimits): DomainError =>
  new DomainError('media.too_large', `This server takes files of at most ${file} bytes.`, { maxBytes: file })
