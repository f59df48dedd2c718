import type { FastifyRequest } from 'fastify'
import { importMediaBody } from '../contract/native.ts'
import { DomainError } from '../domain/errors.ts'
import { importMedia } from '../domain/media/import.ts'
import { type StoredMedia, storeMedia } from '../domain/media/store.ts'
import { mediaFailure } from '../domain/transcriptions/failures.ts'
import type { HttpDeps } from './context.ts'
import { parse } from './parse.ts'

/**
 * A file for the library: the multipart field `file`, streamed to the store, or `{"url": "https://…"}`.
 * @throws DomainError `request.invalid`, `media.*`, `storage.full`
 */
export async function receiveMedia(deps: HttpDeps, request: FastifyRequest): Promise<StoredMedia> {
  if (!request.isMultipart()) {
    const { url } = parse(importMediaBody, request.body)
    return importMedia(deps, request.ctx, url, request.gone)
  }
  const part = await request.file({ limits: { files: 1, fileSize: deps.policy.maxUploadBytes } })
  if (part?.fieldname !== 'file')
    throw new DomainError('request.invalid', 'The multipart field “file” is required.', {
      field: 'file',
      reason: 'required',
    })
  const input = { filename: part.filename, body: part.file }
  return storeMedia(deps, request.ctx, input, request.gone).catch((cause: unknown) => {
    throw mediaFailure(cause)
  })
}
