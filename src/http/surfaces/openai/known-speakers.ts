/**
 * Known voices, which OpenAI takes as data URLs. Like every recording that is sent they become files of the library,
 * where the same voice, sent with a hundred calls, is one file.
 */
import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../domain/errors.ts'
import type { StoredMedia } from '../../../domain/media/store.ts'
import type { Wishes } from '../../../domain/transcriptions/wishes.ts'
import type { HttpDeps } from '../../context.ts'
import { libraryTaker } from '../../receive-media.ts'
import { dataUrl } from './data-url.ts'
import type { AudioFields } from './fields.ts'

const NAMES = 'known_speaker_names'
const REFERENCES = 'known_speaker_references'
/** Seconds. OpenAI asks for 2 to 10. */
const LENGTH = { least: 0.5, most: 30 }

/** Whether a form's field is a voice: `known_speaker_references[]`, with an index or without brackets too. */
export const isVoice = (field: string): boolean => field.startsWith(REFERENCES)

/** @throws DomainError `request.invalid`, `media.*` */
export async function storeVoices(
  deps: HttpDeps,
  request: FastifyRequest,
  { known_speaker_names: names = [], known_speaker_references: references = [] }: AudioFields,
): Promise<NonNullable<Wishes['knownSpeakers']>> {
  if (names.length !== references.length)
    throw invalid(REFERENCES, `each of “${NAMES}” needs one of “${REFERENCES}”.`)
  const library = libraryTaker(deps, request)
  const stored: StoredMedia[] = []
  try {
    const voices: NonNullable<Wishes['knownSpeakers']> = []
    for (const [k, name] of names.entries()) {
      const body = dataUrl(references[k]!) ?? refuseData()
      const file = await library.take({ filename: `voice of ${name}`, body })
      stored.push(file)
      const seconds = file.media.duration_ms / 1000
      if (seconds < LENGTH.least || seconds > LENGTH.most)
        throw invalid(
          REFERENCES,
          `a voice takes ${LENGTH.least} to ${LENGTH.most} s; this one has ${seconds}.`,
        )
      voices.push({ name, mediaId: file.media.id })
    }
    return voices
  } catch (cause) {
    for (const file of stored) await library.drop(file)
    throw cause
  }
}

function refuseData(): never {
  throw invalid(REFERENCES, 'must be data URLs in base64: data:audio/wav;base64,…')
}

const invalid = (field: string, message: string): DomainError =>
  new DomainError('request.invalid', `${field}: ${message}`, { field: `${field}[]`, reason: 'invalid' })
