import type { FastifyRequest } from 'fastify'
import { importMediaBody } from '../contract/native.ts'
import { DomainError } from '../domain/errors.ts'
import { importMedia } from '../domain/media/import.ts'
import { removeUnusedMedia } from '../domain/media/remove.ts'
import { type StoredMedia, storeMedia, type ToStore } from '../domain/media/store.ts'
import { mediaFailure } from '../domain/transcriptions/failures.ts'
import type { HttpDeps } from './context.ts'
import { type FormTaker, isForm, readForm } from './form.ts'
import { parse } from './parse.ts'

/** A form that brings a file needs no fields; some clients send a few. */
const FIELD_LIMITS = { fields: 16, field: 4 * 1024, allFields: 16 * 1024 }

/** A form's file goes to the media library as it arrives. */
export const libraryTaker = (
  deps: HttpDeps,
  request: FastifyRequest,
  named: Pick<ToStore, 'renames'> = {},
): FormTaker<StoredMedia> => ({
  take: (file) =>
    storeMedia(deps, request.ctx, { ...file, ...named }, request.gone).catch((cause: unknown) => {
      throw mediaFailure(cause)
    }),
  async drop({ media, isNew }) {
    if (isNew) await removeUnusedMedia(deps, request.ctx, media.id)
  },
})

interface ReceiveOptions {
  /** Which field the file comes in. */
  field?: string
  taker?: FormTaker<StoredMedia>
}

/**
 * The form's file, for the library.
 * @throws DomainError `request.*`, `media.*`, `storage.full`
 */
export async function receiveForm(
  deps: HttpDeps,
  request: FastifyRequest,
  { field = 'file', taker = libraryTaker(deps, request) }: ReceiveOptions = {},
): Promise<StoredMedia> {
  const limits = { ...FIELD_LIMITS, file: deps.policy.maxUploadBytes, fileField: field }
  const file = isForm(request) ? (await readForm(request, limits, taker)).file : undefined
  if (!file)
    throw new DomainError('request.invalid', `The multipart field “${field}” is required.`, {
      field,
      reason: 'required',
    })
  return file
}

/** What a file is known by under an idempotency key. */
export const identityOf = ({ media: { sha256 }, filename }: StoredMedia): unknown => ({ sha256, filename })

/** Claims the key under which a file was sent. Where another file was sent under it, this one does not stay. */
export async function claimOrDrop(
  deps: HttpDeps,
  request: FastifyRequest,
  file: StoredMedia,
  claim: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await claim()
  } catch (cause) {
    await libraryTaker(deps, request).drop(file)
    throw cause
  }
}

/** `{"url": "https://…"}`, for the library. @throws DomainError `request.invalid`, `media.*`, `storage.full` */
export function fetchMedia(deps: HttpDeps, request: FastifyRequest): Promise<StoredMedia> {
  const { url } = parse(importMediaBody, request.body)
  return importMedia(deps, request.ctx, { url, renames: true }, request.gone)
}
