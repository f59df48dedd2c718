import type { FastifyInstance } from 'fastify'
import { getMedia } from '../../../../domain/media/get.ts'
import type { HttpDeps } from '../../../context.ts'
import { sendMedia } from '../../../send-media.ts'
import type { NativeOptions } from '../options.ts'

/** `GET /v1/media/{id}/content`: the stored file. */
export function mediaContent(app: FastifyInstance, deps: HttpDeps, { streams }: NativeOptions): void {
  app.route<{ Params: { id: string } }>({
    method: ['GET', 'HEAD'],
    url: '/media/:id/content',
    handler: async (request, reply) => {
      const media = await getMedia(deps, request.ctx.accountId, request.params.id)
      return sendMedia({ ...deps, streams }, request, reply, media)
    },
  })
}
