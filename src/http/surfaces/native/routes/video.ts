import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Video, type VideoOptions, type VideoReply, videoOptions } from '../../../../contract/videos.ts'
import { latestRun } from '../../../../domain/runs/read.ts'
import { askForVideo } from '../../../../domain/videos/ask.ts'
import { getVideoFile } from '../../../../domain/videos/get-file.ts'
import { lettersWithoutFont } from '../../../../domain/videos/letters-without-font.ts'
import { removeVideo } from '../../../../domain/videos/remove.ts'
import { videoExpiry } from '../../../../domain/videos/sweep.ts'
import type { VideoRow } from '../../../../domain/videos/tables.ts'
import { requireVideoMaker } from '../../../able.ts'
import type { HttpDeps } from '../../../context.ts'
import { undrawn } from '../../../engines.ts'
import { originOf } from '../../../origin.ts'
import { parse } from '../../../parse.ts'
import { executeOnce, idempotent } from '../../../plugins/idempotency.ts'
import { sendMedia } from '../../../send-media.ts'
import { fileName } from '../../../send-transcript.ts'
import type { NativeOptions } from '../options.ts'
import { iso, isoOrNull } from '../present.ts'

interface ById {
  Params: { id: string }
}

/** `/v1/transcriptions/{id}/video`: the recording with its subtitles drawn in. */
export function video(app: FastifyInstance, deps: HttpDeps, { streams }: NativeOptions): void {
  const presented = (request: FastifyRequest, row: VideoRow | undefined): Video | null =>
    row
      ? present(
          row,
          `${originOf(deps.web, request)}${app.prefix}/transcriptions/${row.transcription_id}/video/content`,
        )
      : null

  async function begin({ ctx, params, body }: FastifyRequest<ById>): Promise<VideoRow> {
    const options = parse(videoOptions, body ?? {})
    await requireVideoMaker(deps)
    return askForVideo(deps, ctx, params.id, options)
  }

  app.post<ById>('/transcriptions/:id/video', { preHandler: idempotent(deps) }, (request, reply) =>
    executeOnce(deps, request, reply, async (made): Promise<VideoReply> => {
      const { ctx, params } = request
      const row = made === null ? await begin(request) : await latestRun(deps, ctx, 'videos', params.id)
      void reply.code(202)
      return { video: presented(request, row), withoutFont: [] }
    }),
  )

  app.get<ById>('/transcriptions/:id/video', async (request): Promise<VideoReply> => {
    const { ctx, params } = request
    const row = await latestRun(deps, ctx, 'videos', params.id)
    // Of one that is being made, somebody asks each second, and what it lacks it will say itself.
    const isOpen = row && row.finished_at === null
    const lacking = isOpen ? undefined : await undrawn(deps)
    const withoutFont = await lettersWithoutFont(deps, ctx, params.id, lacking)
    return { video: presented(request, row), withoutFont }
  })

  app.delete<ById>('/transcriptions/:id/video', async ({ ctx, params }, reply) => {
    await removeVideo(deps, ctx, params.id)
    return reply.code(204).send()
  })

  app.route<ById>({
    method: ['GET', 'HEAD'],
    url: '/transcriptions/:id/video/content',
    handler: async (request, reply) => {
      const { title, ...file } = await getVideoFile(deps, request.ctx, request.params.id)
      const filename = `${fileName(title ?? request.params.id)}.mp4`
      const asFile = { ...file, filename, content_type: 'video/mp4', attachment: true }
      return sendMedia({ ...deps, streams }, request, reply, asFile)
    },
  })
}

const present = (row: VideoRow, url: string): Video => ({
  state: row.state,
  pct: row.pct,
  options: JSON.parse(row.options) as VideoOptions,
  version: row.version,
  bytes: row.bytes,
  url: row.storage_key === null ? null : url,
  error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  createdAt: iso(row.created_at),
  finishedAt: isoOrNull(row.finished_at),
  expiresAt: isoOrNull(videoExpiry(row)),
})
