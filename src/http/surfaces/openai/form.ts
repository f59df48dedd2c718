/** The multipart form of OpenAI's audio endpoints. Fields may come before or after the file. */
import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { StoredMedia } from '../../../domain/media/store.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import type { HttpDeps } from '../../context.ts'
import { isForm, readForm } from '../../form.ts'
import { identityOf, libraryTaker } from '../../receive-media.ts'
import { dataUrl } from './data-url.ts'
import { type AudioFields, readFields } from './fields.ts'
import { isVoice, storeVoices } from './known-speakers.ts'

/** Far more than OpenAI has; the prompt is the longest, but for sound in data URLs: ten seconds of studio sound. */
const FIELD_LIMITS = {
  fields: 256,
  field: 64 * 1024,
  allFields: 256 * 1024,
  long: {
    is: (field: string) => isVoice(field) || field === 'url',
    field: 4 * 1024 * 1024,
    all: 12 * 1024 * 1024,
  },
}

export interface AudioForm {
  fields: AudioFields
  /** Undefined: it is at the address `fields.url`. */
  file: StoredMedia | undefined
  wishes: Wishes
  /** What was asked for, for a key that stands for it. */
  content: unknown
}

/**
 * Reads the form; the file goes to the store as it arrives. Where anything is wrong with the fields, the
 * file does not stay.
 * @throws DomainError `request.*`, `media.*`
 */
export async function readAudioForm(
  deps: HttpDeps,
  request: FastifyRequest,
  check: (fields: AudioFields) => Promise<Wishes>,
): Promise<AudioForm> {
  if (!isForm(request))
    throw required('file', 'Send a form with the header “Content-Type: multipart/form-data”.')
  const library = libraryTaker(deps, request)
  const limits = { ...FIELD_LIMITS, file: deps.policy.maxUploadBytes }
  const { fields: sent, file: uploaded } = await readForm(request, limits, library)
  if (!uploaded && !sent.some(([name]) => name === 'url'))
    throw required('file', 'The field “file” is required.')
  let file = uploaded
  try {
    const fields = readFields(sent)
    if (uploaded && fields.url !== undefined)
      throw invalid('url', 'url: is instead of the file; leave one of them out.')
    const asked = await check(fields)
    file ??= await inside(library, fields.url)
    const voices = await storeVoices(deps, request, fields)
    const wishes = voices.length > 0 ? { ...asked, knownSpeakers: voices } : asked
    return { fields, file, wishes, content: { fields, file: file && identityOf(file) } }
  } catch (cause) {
    if (file) await library.drop(file)
    throw cause
  }
}

/** The recording in a data URL. @throws DomainError `request.invalid`, `media.*` */
async function inside(
  library: ReturnType<typeof libraryTaker>,
  url: string | undefined,
): Promise<StoredMedia | undefined> {
  if (!url?.startsWith('data:')) return undefined
  const body = dataUrl(url)
  if (!body) throw invalid('url', 'url: a data URL must be in base64: data:audio/wav;base64,…')
  return library.take({ filename: 'recording', body })
}

const required = (field: string, message: string): DomainError =>
  new DomainError('request.invalid', message, { field, reason: 'required' })

const invalid = (field: string, message: string): DomainError =>
  new DomainError('request.invalid', message, { field, reason: 'invalid' })
