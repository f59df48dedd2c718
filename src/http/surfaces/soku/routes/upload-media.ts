import type { FastifyInstance, FastifyRequest } from 'fastify'
import { DomainError } from '../../../../domain/errors.ts'
import { storeMedia } from '../../../../domain/media/store.ts'
import { mediaFailure } from '../../../../domain/transcriptions/failures.ts'
import type { HttpDeps } from '../../../context.ts'
import { media } from '../present.ts'

/** `POST /v1/media`: a file in the multipart field `file`, streamed to the store. */
export function uploadMedia(app: FastifyInstance, deps: HttpDeps): void {
  app.post('/media', async (request, reply) => {
    if (!request.isMultipart())
      throw new DomainError('request.invalid', 'Send the file as multipart/form-data in the field “file”.', {
        field: 'file',
        reason: 'required',
      })
    const part = await request.file({ limits: { files: 1, fileSize: deps.policy.maxUploadBytes } })
    if (part?.fieldname !== 'file')
      throw new DomainError('request.invalid', 'The multipart field “file” is required.', {
        field: 'file',
        reason: 'required',
      })
    try {
      const stored = await storeMedia(
        deps,
        request.ctx,
        { filename: part.filename, body: part.file },
        request.gone,
      )
      return reply.code(201).send(media(stored.media, origin(request)))
    } catch (cause) {
      throw mediaFailure(cause)
    }
  })
}

const origin = (request: FastifyRequest): string => `${request.protocol}://${request.host}`
