import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { derivedKey } from '../../../../domain/idempotency/find.ts'
import { fingerprint } from '../../../../domain/idempotency/rules.ts'
import { getMedia } from '../../../../domain/media/get.ts'
import type { MediaRow } from '../../../../domain/tables.ts'
import type { HttpDeps } from '../../../context.ts'
import { isForm } from '../../../form.ts'
import { originOf } from '../../../origin.ts'
import { createClaim, executeOnce, requireKey } from '../../../plugins/idempotency.ts'
import { roomToWait } from '../../../plugins/queue-room.ts'
import { endpointLimit } from '../../../plugins/rate-limit.ts'
import { claimOrDrop, fetchMedia, identityOf, libraryTaker, receiveForm } from '../../../receive-media.ts'
import { media } from '../present.ts'

/** How long the same address without an `Idempotency-Key` is the same request. */
const SAME_REQUEST_MS = 10 * 60_000

/** `POST /v1/media`: a file in the multipart field `file`, or `{"url"}`, becomes part of the library. */
export function uploadMedia(app: FastifyInstance, deps: HttpDeps): void {
  const claim = createClaim(deps, { derive: addressOf, derivedKeepMs: SAME_REQUEST_MS })
  const limit = endpointLimit(deps, 'media')
  const room = roomToWait(deps)
  const answer = (request: FastifyRequest, reply: FastifyReply, row: MediaRow) => {
    reply.code(201)
    return media(row, originOf(deps.web, request))
  }

  app.post('/media', { preHandler: requireKey }, async (request, reply) => {
    if (!isForm(request)) {
      if (await claim(request, reply, request.body)) return reply
      await limit(request)
      return executeOnce(deps, request, reply, async (made) => {
        const row =
          made === null
            ? (await fetchMedia(deps, request)).media
            : await getMedia(deps, request.ctx.accountId, made)
        return answer(request, reply, row)
      })
    }
    // A file is known by its bytes, so that it has to come first.
    await limit(request)
    await room(request)
    const stored = await receiveForm(deps, request, { taker: libraryTaker(deps, request, { renames: true }) })
    const claimIt = () => claim(request, reply, { file: identityOf(stored) })
    if (await claimOrDrop(deps, request, stored, claimIt)) return reply
    return executeOnce(deps, request, reply, async () => answer(request, reply, stored.media))
  })
}

/** The same bytes sent twice are kept once anyway. */
function addressOf({ body }: FastifyRequest): string | undefined {
  const url = (body as { url?: unknown } | null | undefined)?.url
  return typeof url === 'string' ? derivedKey(fingerprint(body)) : undefined
}
