import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fingerprint } from '../../../../domain/idempotency/rules.ts'
import type { HttpDeps } from '../../../context.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { receiveMedia } from '../../../receive-media.ts'
import { media } from '../present.ts'

/** How long the same address without an `Idempotency-Key` is the same request. */
const SAME_REQUEST_MS = 10 * 60_000

/** `POST /v1/media`: a file in the multipart field `file`, or `{"url"}`, becomes part of the library. */
export function uploadMedia(app: FastifyInstance, deps: HttpDeps): void {
  const preHandler = [
    idempotent(deps, { derive: addressOf, derivedKeepMs: SAME_REQUEST_MS }),
    endpointLimit(deps, 'media'),
  ]
  app.post('/media', { preHandler }, (request, reply) =>
    executeOnce(deps, request, reply, async () => {
      const stored = await receiveMedia(deps, request)
      reply.code(201)
      return media(stored.media, `${request.protocol}://${request.host}`)
    }),
  )
}

/** The same bytes sent twice are kept once anyway. */
function addressOf({ body }: FastifyRequest): string | undefined {
  const url = (body as { url?: unknown } | null | undefined)?.url
  return typeof url === 'string' ? `derived ${fingerprint(body)}` : undefined
}
